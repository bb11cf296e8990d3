"""What a file may weigh, and the refusal that it meets beyond."""

from collections.abc import Callable
from dataclasses import dataclass

#: Characters of the longest text, in a cell as in a form: whoever opens what a file brought in can save it.
LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class Limits:
    """Bounds on what one import may cost, in bytes unless said otherwise.

    - `packed`: an XLSX as uploaded; `unpacked`: the same once inflated, and the text of its cells
      once shared texts are repeated in each; `members`: files inside; `ratio`: inflated ÷ packed,
      counted only for members larger than `ratio_from` (short XML full of repetitions is honest
      above 50); `cells`: rows × columns from the first filled cell to the last;
    - `text`: a CSV or JSON Lines file; `record`: one line of JSON, or one CSV row in characters;
    - `rows`: rows read, whatever the format; `cell`: characters of a cell.
    """

    packed: int = 10_000_000
    unpacked: int = 100_000_000
    members: int = 2_000
    ratio: int = 50
    ratio_from: int = 1_000_000
    cells: int = 2_000_000
    text: int = 100_000_000
    record: int = 1_000_000
    rows: int = 100_000
    cell: int = LONGEST_TEXT


LIMITS = Limits()


def in_french(message: str, /, **params: str) -> str:
    """Return a message as it was written, with its parameters filled in: what needs no translator."""
    return message % params


class TabularError(Exception):
    """What is refused: `message` is a French msgid that says what to do, `params` fill it in."""

    def __init__(self, message: str, params: dict[str, str] | None = None) -> None:
        super().__init__(message, params or {})
        self.message = message
        self.params = params or {}

    def sentence(self, translate: Callable[..., str] = in_french) -> str:
        """Return the message, translated, with its parameters filled in."""
        return translate(self.message, **self.params)

    def __str__(self) -> str:
        return self.sentence()


class UnreadableFile(TabularError):
    """The whole file is refused."""
