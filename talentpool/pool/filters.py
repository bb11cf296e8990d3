"""What a search of the pool asks, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from talentpool.talents.models import EmploymentStatus, PoolStatus
from talentpool.talents.standing import Standing
from talentpool.web.addresses import day_in, member_in, number_in, text_in

LEVELS = range(5)
REMOTE_DAYS = range(6)


class Sorting(StrEnum):
    """By what a list of people may be sorted, as addresses name it."""

    NAME = "nom"
    FREE = "disponible"
    SHARE = "part"
    TIMES = "propositions"
    LAST = "derniere"


@dataclass(frozen=True)
class Filters:
    """Every filter of a search of the pool, None or empty when it does not ask; and the order."""

    text: str = ""
    skill: str = ""
    level: int | None = None
    standing: Standing | None = None
    family: str = ""
    free_on: date | None = None
    share: int | None = None
    town: str = ""
    remote: int | None = None
    pool_status: PoolStatus | None = None
    status: EmploymentStatus | None = None
    sorting: Sorting = Sorting.NAME
    is_descending: bool = False

    @property
    def active(self) -> list[str]:
        """The names of the filters that ask for something; a level is part of its skill's."""
        kept = {"sorting", "is_descending", "level"}
        asked = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in kept}
        return [name for name, value in asked.items() if value not in (None, "")]

    @property
    def needs_time(self) -> bool:
        """Whether everybody's availability must be known to answer."""
        by_time = self.sorting in (Sorting.FREE, Sorting.SHARE)
        return by_time or self.free_on is not None or self.share is not None

    def without(self, name: str) -> "Filters":
        """Return the same search with one filter less."""
        blank = getattr(Filters(), name)
        return replace(self, **{name: blank, **({"level": None} if name == "skill" else {})})

    def sorted_by(self, sorting: Sorting) -> "Filters":
        """Return the same search in another order, or in the opposite of the present one."""
        turns = self.sorting is sorting and not self.is_descending
        return replace(self, sorting=sorting, is_descending=turns)

    def in_address(self) -> dict[str, str]:
        """Return the search as an address says it; what it does not ask is left out."""
        order = f"{'-' if self.is_descending else ''}{self.sorting.value}"
        said = {
            "q": self.text,
            "competence": self.skill,
            "niveau": "" if self.level is None else str(self.level),
            "preuve": self.standing.value if self.standing else "",
            "famille": self.family,
            "libre": self.free_on.isoformat() if self.free_on else "",
            "part": str(self.share or ""),
            "ville": self.town,
            "teletravail": "" if self.remote is None else str(self.remote),
            "situation": self.pool_status.value if self.pool_status else "",
            "statut": self.status.value if self.status else "",
            "tri": "" if order == Sorting.NAME.value else order,
        }
        return {name: value for name, value in said.items() if value}


def read_filters(given: Mapping[str, str]) -> Filters:
    """Read a search from an address; what nobody can have meant asks for nothing."""
    order = given.get("tri", "")
    skill = text_in(given.get("competence"))
    return Filters(
        text=text_in(given.get("q")),
        skill=skill,
        level=number_in(given.get("niveau"), LEVELS) if skill else None,
        standing=member_in(Standing, given.get("preuve")) if _asks_proof(given) else None,
        family=text_in(given.get("famille")),
        free_on=day_in(given.get("libre")),
        share=number_in(given.get("part", "").strip().removesuffix("%"), range(1, 101)),
        town=text_in(given.get("ville")),
        remote=number_in(given.get("teletravail"), REMOTE_DAYS),
        pool_status=member_in(PoolStatus, given.get("situation")),
        status=member_in(EmploymentStatus, given.get("statut")),
        sorting=member_in(Sorting, order.removeprefix("-")) or Sorting.NAME,
        is_descending=order.startswith("-"),
    )


def _asks_proof(given: Mapping[str, str]) -> bool:
    """Tell whether an address asks for more than a claim, which is what every skill is at least."""
    return given.get("preuve") != Standing.CLAIMED.value
