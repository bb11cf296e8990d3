"""Noting the visa under which time destroys, and writing the slip of what each night destroyed."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.privacy.elimination_models import EliminationSlip, EliminationVisa

#: What a slip counts, as people call it.
CATEGORIES = {
    "silence": _("personnes sans signe"),
    "refused": _("candidatures closes, profil à ne pas garder"),
    "absences": _("absences"),
    "invitations": _("invitations sans profil"),
    "handovers": _("passages de relais repris"),
}


class VisaOver(Exception):
    """The visa would hold today no more, or not yet."""


class NoVisa(Exception):
    """Time would destroy, and no visa holds."""


def note_visa(
    *, signatory: str, reference: str, given_on: date, today: date, by: Account | None
) -> EliminationVisa:
    """Note the visa of a named person, which holds for a year; raises `VisaOver`."""
    visa = EliminationVisa(
        signatory=signatory,
        reference=reference,
        given_on=given_on,
        noted_by_id=by.id if by else None,
    )
    if not visa.holds_on(today):
        raise VisaOver
    db.session.add(visa)
    journal.record("privacy.visa_noted", visa, by=by, given_on=given_on.isoformat())
    return visa


def withdraw_visas(*, today: date, by: Account | None) -> list[EliminationVisa]:
    """Let every visa that holds today hold no more, and return them.

    From then on time destroys nothing, until another is noted: one that was renewed early would
    otherwise go on under the visa before it.
    """
    standing = visas_on(today)
    for visa in standing:
        visa.withdrawn_at = now()
        journal.record("privacy.visa_withdrawn", visa, by=by)
    return standing


def visas_on(day: date) -> list[EliminationVisa]:
    """List the visas that hold on a day, the newest first."""
    noted = select(EliminationVisa).where(EliminationVisa.withdrawn_at.is_(None))
    found = db.session.scalars(
        noted.order_by(EliminationVisa.given_on.desc(), EliminationVisa.id.desc())
    )
    return [visa for visa in found if visa.holds_on(day)]


def visa_on(day: date) -> EliminationVisa | None:
    """Return the visa under which eliminations go on, on a day: the newest that holds."""
    return next(iter(visas_on(day)), None)


def enter(
    visa: EliminationVisa, counts: Mapping[str, int], *, on: date, since: date | None = None
) -> None:
    """Add to a night's slip, in the transaction that destroys; nothing makes no slip."""
    if not counts:
        return
    wanted = select(EliminationSlip).where(
        EliminationSlip.visa_id == visa.id, EliminationSlip.made_on == on
    )
    slip = db.session.scalar(wanted)
    if slip is None:
        slip = EliminationSlip(visa_id=visa.id, made_on=on, counts={})
        db.session.add(slip)
    added = {name: slip.counts.get(name, 0) + count for name, count in counts.items()}
    slip.counts = {**slip.counts, **added}
    if since is not None:
        slip.first_on = min(since, slip.first_on or since)
        slip.last_on = max(since, slip.last_on or since)
    db.session.flush()


def slips() -> Select[EliminationSlip]:
    """Select the slips, the latest first."""
    return (
        select(EliminationSlip)
        .options(joinedload(EliminationSlip.visa))
        .order_by(EliminationSlip.made_on.desc(), EliminationSlip.id.desc())
    )
