"""What a CV may weigh, and why one is refused; nothing here knows of the product, nor of the web."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Limits:
    """Bounds on what reading one CV may cost, in bytes unless said otherwise.

    - `pages`: of a PDF; `members`, `unpacked`: files inside an archive, and their weight once inflated;
      `ratio`: inflated ÷ packed, counted for members larger than `ratio_from` (short XML full of
      repetitions is honest above 50);
    - `characters`: of the text that is kept to be read; `records`: entries of a structured CV; `depth`:
      of nesting in XML and JSON;
    - `memory`, `cpu` and `wall` (seconds): of the process that reads; `answer`: what it may say.
    """

    pages: int = 30
    members: int = 2_000
    unpacked: int = 100_000_000
    ratio: int = 50
    ratio_from: int = 200_000
    characters: int = 60_000
    records: int = 60
    depth: int = 60
    memory: int = 512 * 1024 * 1024
    cpu: int = 10
    wall: int = 20
    answer: int = 4_000_000


LIMITS = Limits()


class Refusal(StrEnum):
    """Why a CV is not read."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    IMAGE = "image"
    OLD_WORD = "old_word"
    OTHER_KIND = "other_kind"
    OTHER_OFFICE = "other_office"
    TWO_IN_ONE = "two_in_one"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_MEMBERS = "too_many_members"
    BOMB = "bomb"
    ENTITIES = "entities"
    BROKEN = "broken"
    NO_TEXT = "no_text"
    NOT_A_CV = "not_a_cv"
    TOO_LONG = "too_long"
    BUSY = "busy"


class CvRefused(Exception):
    """The file is refused as a whole, and nothing of it is kept."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
