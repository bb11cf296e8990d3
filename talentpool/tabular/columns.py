"""Which columns a file may have, and the header cells that name them."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "list", "integer", "date", "boolean", "share", "exact_share", "records"]


@dataclass(frozen=True)
class Column:
    """One column: `name` in code and exports, `label` for people, `aliases` also read in headers.

    `required` asks for the column in the file and for a value in each row. A `share` is a whole
    percentage of full time, an `exact_share` one to the hundredth.
    """

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "text"
    required: bool = False


def folded(header: str) -> str:
    """Reduce a header to its letters and digits, without case nor accents."""
    plain = unicodedata.normalize("NFKD", header[:200].casefold().replace("œ", "oe"))
    return "".join(letter for letter in plain if letter.isalnum())


class Columns:
    """The columns of one kind of file, in the order in which they are written.

    Raises ValueError when a name, a label or an alias could mean two columns, or nothing.
    """

    def __init__(self, columns: Iterable[Column]) -> None:
        self._columns = tuple(columns)
        self._by_key: dict[str, Column] = {}
        self._by_header: dict[str, Column] = {}
        for column in self._columns:
            for key in (column.name, *column.aliases):
                if self._by_key.setdefault(key, column) is not column:
                    raise ValueError(f"{key!r} names two columns")
            for header in (column.name, column.label, *column.aliases):
                if self._by_header.setdefault(folded(header), column) is not column:
                    raise ValueError(f"{header!r} names two columns")
        if "" in self._by_header:
            raise ValueError("a name, label or alias holds no letter and no digit")

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def for_header(self, header: str) -> Column | None:
        """Return the column that a header cell names, whatever its case and accents."""
        return self._by_header.get(folded(header))

    def for_key(self, key: str) -> Column | None:
        """Return the column that a JSON key names: its exact name or alias."""
        return self._by_key.get(key)

    @property
    def names(self) -> list[str]:
        """Names in order."""
        return [column.name for column in self._columns]
