"""Declaring, and erasing what was declared."""

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.declarations.models import (
    CONSENT_VERSION,
    AgeBand,
    Gender,
    VoluntaryDeclaration,
)
from talentpool.declarations.queries import declaration_of
from talentpool.journal import services as journal
from talentpool.talents.models import Talent


class NothingDeclared(Exception):
    """Neither question has an answer: that is erasing, not declaring."""


def declare(
    talent: Talent, *, gender: Gender | None, age_band: AgeBand | None, by: Account | None
) -> VoluntaryDeclaration:
    """Keep what a person says of themselves, under the present consent text; raises `NothingDeclared`.

    The journal says that they did, never what.
    """
    if gender is None and age_band is None:
        raise NothingDeclared
    declaration = declaration_of(talent)
    if declaration is None:
        declaration = VoluntaryDeclaration(talent=talent)
        db.session.add(declaration)
    declaration.gender, declaration.age_band = gender, age_band
    declaration.consent_version, declaration.consented_at = CONSENT_VERSION, now()
    journal.record("declaration.made", talent, by=by, consent=CONSENT_VERSION)
    return declaration


def erase(talent: Talent, *, by: Account | None) -> bool:
    """Erase what a person declared, and tell whether there was anything."""
    declaration = declaration_of(talent)
    if declaration is None:
        return False
    db.session.delete(declaration)
    journal.record("declaration.erased", talent, by=by)
    return True
