"""What is masked, and how what was found is told."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a masked span would have told; the value is the word that is written instead."""

    EMAIL = "adresse électronique"
    LINK = "lien"
    PHONE = "téléphone"
    NAME = "nom"
    BIRTH = "date de naissance"
    FAMILY = "situation familiale"
    ORIGIN = "origine"
    AGE = "âge"
    SCHOOL = "école"
    EMPLOYER = "employeur"
    TOWN = "ville"
    GENDER = "genre"


class Found(NamedTuple):
    """A span of places of a `Reading`; without `written`, the kind's word in brackets is written."""

    start: int
    end: int
    kind: Kind
    written: str = ""
