"""Where a need stands: since when, what comes next, who does it and by when, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from talentpool.access import Viewer
from talentpool.i18n import _
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.people import Party, party_of
from talentpool.needs.promises import Promise, promised_days, promises_of
from talentpool.needs.stages import ENDED, PENDING, NeedStatus

#: The journey of a need, in the few steps that people count.
JOURNEY = (
    _("Écriture du besoin"),
    _("Examen par l’agence"),
    _("Recherche de personnes"),
    _("Mission en cours"),
)
PLACES = {
    NeedStatus.DRAFT: 1,
    NeedStatus.SUBMITTED: 2,
    NeedStatus.IN_REVIEW: 2,
    NeedStatus.COMPLEMENT_ASKED: 2,
    NeedStatus.APPROVED: 3,
    NeedStatus.SEARCHING: 3,
    NeedStatus.PARTLY_FILLED: 3,
    NeedStatus.FILLED: 4,
}
NEXT = {
    NeedStatus.DRAFT: _("déposer ce besoin"),
    NeedStatus.SUBMITTED: _("commencer l’instruction"),
    NeedStatus.IN_REVIEW: _("répondre : retenir ce besoin, ou non"),
    NeedStatus.COMPLEMENT_ASKED: _("apporter le complément demandé"),
    NeedStatus.APPROVED: _("commencer la recherche"),
    NeedStatus.SEARCHING: _("présenter une personne"),
    NeedStatus.PARTLY_FILLED: _("pourvoir les autres postes"),
    NeedStatus.FILLED: _("mener la mission à bien"),
}
#: What a need must say before it is submitted.
LACKING = {
    "title": _("le nom du besoin"),
    "summary": _("le besoin en une phrase"),
    "text": _("le problème et ce que vous attendez"),
    "seats": _("un poste au moins"),
}
#: What helps the agency to say yes, and nobody must say.
WISHED = {
    "beneficiaries": _("à qui cela sert"),
    "solution": _("une piste de solution"),
    "data_access": _("les données et leur accès"),
    "risks": _("les obstacles"),
    "value": _("les objectifs à douze mois"),
    "team": _("l’équipe qui accueille"),
    "contacts": _("à qui écrire"),
}


@dataclass(frozen=True)
class Standing:
    """Where a need stands, as one side of it reads; texts are marked for translation."""

    status: NeedStatus
    since: datetime
    #: Its place in the journey, from 1; None once it has ended.
    place: int | None
    next_step: str
    #: Who takes the next step, None when nobody has to.
    party: Party | None
    is_viewer: bool
    promise: Promise | None
    days_late: int
    #: What must be said, what an approval asks for besides, and what would help.
    lacking: tuple[str, ...] = ()
    lacks_exit_plan: bool = False
    wished: tuple[str, ...] = ()
    #: The last move with words for the other side, where they still ask or explain something.
    said: NeedMove | None = None


def standing_of(need: Need, viewer: Viewer, today: date) -> Standing:
    """Return where a need stands, for one of its two sides."""
    return standings_of([need], viewer, today)[need.id]


def standings_of(needs: Sequence[Need], viewer: Viewer, today: date) -> dict[int, Standing]:
    """Map the numbers of needs to where they stand, in one query whatever their number."""
    promises = promises_of(needs, promised_days())
    return {need.id: _standing(need, promises.get(need.id), viewer, today) for need in needs}


def _standing(need: Need, promise: Promise | None, viewer: Viewer, today: date) -> Standing:
    party = _party(need, promise)
    is_written = need.status is NeedStatus.DRAFT or need.status in PENDING
    return Standing(
        status=need.status,
        since=need.stage_since,
        place=PLACES.get(need.status),
        next_step=NEXT.get(need.status, ""),
        party=party,
        is_viewer=party is not None and party_of(viewer) is party,
        promise=promise,
        days_late=promise.days_late(today) if promise else 0,
        lacking=tuple(LACKING[name] for name in need.lacking),
        lacks_exit_plan=is_written and not need.exit_plan,
        wished=tuple(label for name, label in WISHED.items() if not getattr(need, name))
        if is_written
        else (),
        said=_said(need),
    )


def _party(need: Need, promise: Promise | None) -> Party | None:
    if promise is not None:
        return promise.party
    if need.status is NeedStatus.DRAFT:
        return Party.AGENCY if need.entered_by_agency else Party.HOST
    return None


def _said(need: Need) -> NeedMove | None:
    if need.status is not NeedStatus.COMPLEMENT_ASKED and need.status not in ENDED:
        return None
    last = need.moves[-1] if need.moves else None
    return last if last is not None and (last.words or last.reason) else None
