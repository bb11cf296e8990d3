"""Refusals and figures in words: which day breaks, by how much, and when it would fit."""

from decimal import Decimal

from flask_babel import format_decimal

from talentpool.i18n import _, date_in_figures, translated
from talentpool.placements.ledger import (
    ContractsOverlap,
    OutsideContract,
    PersonOverbooked,
    PoolOverbooked,
    Refused,
    SeatTaken,
)

BREACHES: dict[type[Refused], str] = {
    PoolOverbooked: _("Le plafond serait dépassé de %(by)s ETP le %(day)s."),
    PersonOverbooked: _("La personne serait prise %(by)s %% de trop le %(day)s."),
    OutsideContract: _("La personne n’a pas de contrat le %(day)s."),
    ContractsOverlap: _("La personne a déjà un contrat le %(day)s."),
    SeatTaken: _("Le poste est déjà occupé le %(day)s."),
}
FITS_ON = _("Premier jour possible pour la même durée : le %(day)s.")
NEVER_FITS = _("Aucune date ne convient avec ce qui est signé aujourd’hui.")


def refusal(refused: Refused) -> str:
    """Return why something does not fit, in the reader's language."""
    breach = translated(
        BREACHES[type(refused)], by=figure(refused.by), day=date_in_figures(refused.day)
    )
    if refused.fits_on is None:
        return f"{breach} {translated(NEVER_FITS)}"
    return f"{breach} {translated(FITS_ON, day=date_in_figures(refused.fits_on))}"


def figure(number: Decimal) -> str:
    """Write an exact number as the reader's language does: 12,5 or 12.5, 80."""
    return str(format_decimal(number, format="#,##0.####"))


def fte(number: Decimal) -> str:
    """Write full-time equivalents with a decimal at least: 30,0."""
    return str(format_decimal(number, format="#,##0.0###"))


def french_figure(number: Decimal | float) -> str:
    """Write an exact number as French documents do, whatever the reader's language: 12,5."""
    return f"{number:g}".replace(".", ",")
