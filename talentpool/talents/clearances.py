"""The State's levels of secrecy: what a seat may ask for, and what a person may hold."""

from enum import StrEnum

from talentpool.i18n import _
from talentpool.naming import folded


class Clearance(StrEnum):
    """The two levels of the State's instruction on secrets (IGI 1300)."""

    SECRET = "secret"  # noqa: S105 - the word of the State
    VERY_SECRET = "very_secret"  # noqa: S105

    @property
    def label(self) -> str:
        """The level as people say it, marked for translation."""
        return CLEARANCE_LABELS[self]


CLEARANCE_LABELS = {
    Clearance.SECRET: _("Secret"),
    Clearance.VERY_SECRET: _("Très secret"),
}
#: What files call them, the names from before 2021 among these, folded.
_CLEARANCES_BY_NAME = {
    "secret": Clearance.SECRET,
    "confidentiel": Clearance.SECRET,
    "confidentiel defense": Clearance.SECRET,
    "secret defense": Clearance.SECRET,
    "very secret": Clearance.VERY_SECRET,
    "tres secret": Clearance.VERY_SECRET,
    "tres secret defense": Clearance.VERY_SECRET,
}


def clearance_named(name: str) -> Clearance:
    """Return the level that a code or a name calls; raises `ValueError` when none does."""
    found = _CLEARANCES_BY_NAME.get(folded(name.replace("_", " ")))
    if found is None:
        raise ValueError(name)
    return found


def clearance_label(code: str) -> str:
    """Return what a stored code is called; one that is not of the list is shown as it is."""
    return Clearance(code).label if code in set(Clearance) else code


def clearances_met(held: list[str]) -> tuple[str, ...]:
    """Return the codes that somebody answers for: whoever may read what is very secret may read the rest."""
    implied = [Clearance.SECRET.value] if Clearance.VERY_SECRET.value in held else []
    return tuple(dict.fromkeys([*held, *implied]))
