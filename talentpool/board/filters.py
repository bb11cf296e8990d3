"""What a search of the board asks, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from talentpool.i18n import _
from talentpool.web.addresses import day_in, member_in, number_in, text_in

REMOTE_DAYS = range(1, 6)


class Sorting(StrEnum):
    """By what the board may be sorted, as addresses name it."""

    RELEVANCE = "pertinence"
    NEWEST = "recent"
    START = "debut"
    CLOSING = "limite"

    @property
    def label(self) -> str:
        """The order as people say it, marked for translation."""
        return SORTING_LABELS[self]


SORTING_LABELS = {
    Sorting.RELEVANCE: _("Pertinence"),
    Sorting.NEWEST: _("Les plus récents"),
    Sorting.START: _("Début le plus proche"),
    Sorting.CLOSING: _("Fin des candidatures"),
}


@dataclass(frozen=True)
class Filters:
    """Every filter of a search of the board, None or empty when it does not ask; and the order."""

    text: str = ""
    family: str = ""
    skill: str = ""
    host: str = ""
    place: str = ""
    remote: int | None = None
    share: int | None = None
    starts_by: date | None = None
    order: Sorting | None = None

    @property
    def active(self) -> list[str]:
        """The names of the filters that ask for something."""
        asked = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "order"}
        return [name for name, value in asked.items() if value not in (None, "")]

    @property
    def sorting(self) -> Sorting:
        """The order in force: nothing is more or less relevant when nobody searches for words."""
        if self.order is None or (self.order is Sorting.RELEVANCE and not self.text):
            return self._usual
        return self.order

    @property
    def _usual(self) -> Sorting:
        return Sorting.RELEVANCE if self.text else Sorting.NEWEST

    @property
    def asks_of_seats(self) -> bool:
        """Whether an open seat must answer."""
        of_seats = {"family", "skill", "remote", "share", "starts_by"}
        return not of_seats.isdisjoint(self.active)

    @property
    def has_more(self) -> bool:
        """Whether it asks for more than words, a family and a host."""
        return self.sorting is not self._usual or not {"text", "family", "host"}.issuperset(
            self.active
        )

    def without(self, name: str) -> "Filters":
        """Return the same search with one filter less."""
        return replace(self, **{name: getattr(Filters(), name)})

    def in_address(self) -> dict[str, str]:
        """Return the search as an address says it; what it does not ask is left out."""
        said = {
            "q": self.text,
            "famille": self.family,
            "competence": self.skill,
            "ministere": self.host,
            "lieu": self.place,
            "teletravail": str(self.remote or ""),
            "part": str(self.share or ""),
            "debut": self.starts_by.isoformat() if self.starts_by else "",
            "tri": "" if self.sorting is self._usual else self.sorting.value,
        }
        return {name: value for name, value in said.items() if value}


def read_filters(given: Mapping[str, str]) -> Filters:
    """Read a search from an address; what nobody can have meant asks for nothing."""
    return Filters(
        text=text_in(given.get("q")),
        family=text_in(given.get("famille")),
        skill=text_in(given.get("competence")),
        host=text_in(given.get("ministere")),
        place=text_in(given.get("lieu")),
        remote=number_in(given.get("teletravail"), REMOTE_DAYS),
        share=number_in(given.get("part", "").strip().removesuffix("%"), range(1, 101)),
        starts_by=day_in(given.get("debut")),
        order=member_in(Sorting, given.get("tri")),
    )
