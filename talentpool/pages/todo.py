"""What is expected of each role now: a short list, each entry a link to where it is done."""

from datetime import date, timedelta

from flask import url_for
from sqlalchemy import Select, select

from talentpool.access import Permission, Viewer, allows
from talentpool.accounts.models import Account
from talentpool.casework.models import Subject
from talentpool.casework.panel import address_of, label_of
from talentpool.casework.queries import follow_ups_due, handovers_over
from talentpool.contests.queries import open_contests
from talentpool.db import db
from talentpool.i18n import _, date_in_figures, translated
from talentpool.matches.costs import Cost, costs_of
from talentpool.matches.queries import stages
from talentpool.needs.models import Need, NeedSeat, SeatStatus
from talentpool.needs.people import Party
from talentpool.needs.promises import Promise, late_needs, promised_days, promises_of
from talentpool.needs.queries import needs, seats
from talentpool.needs.stages import PENDING, NeedStatus
from talentpool.pages import application_tasks
from talentpool.pages.tasks import Task
from talentpool.placements.reminders import (
    LAST_CALL,
    PROBATION,
    RENEWAL,
    UNSIGNED,
    Reminder,
    due_reminders,
)
from talentpool.privacy.eliminations import visa_on
from talentpool.privacy.restricting import waiting_requests
from talentpool.proposals.models import Proposal
from talentpool.proposals.queries import own_proposals, side_of
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.completeness import completeness_of
from talentpool.talents.queries import profile_of
from talentpool.talents.step_table import FIRST
from talentpool.threads.queries import unanswered_questions, unread_by_need

SHOWN = 8
#: How long before its end a visa is asked for again.
RENEWED_AHEAD = timedelta(days=30)
#: What a profile lacks leaves room for answers to give.
LACKING_SHOWN = 4
#: Follow-ups leave room for what else is due.
FOLLOW_UPS_SHOWN = 4
#: So do promised days that have passed.
LATE_SHOWN = 4
#: What the agency, and not a ministry, is to examine now.
AGENCY_S = PENDING - {NeedStatus.COMPLEMENT_ASKED}
#: What a ministry reads of a need's next step, by its status.
FOLLOWED = {
    NeedStatus.DRAFT: _("Terminer et déposer le besoin « %(title)s »"),
    NeedStatus.SUBMITTED: _("Suivre « %(title)s », déposé : l’agence l’examine avant le %(limit)s"),
    NeedStatus.IN_REVIEW: _("Suivre « %(title)s », en instruction : réponse avant le %(limit)s"),
    NeedStatus.COMPLEMENT_ASKED: _("Compléter « %(title)s » pour l’agence avant le %(limit)s"),
    NeedStatus.APPROVED: _(
        "Suivre « %(title)s », retenu : la recherche commence avant le %(limit)s"
    ),
    **dict.fromkeys(
        (NeedStatus.SEARCHING, NeedStatus.PARTLY_FILLED),
        _("Suivre « %(title)s » : une personne présentée avant le %(limit)s"),
    ),
}
LATE_ON = {
    Party.AGENCY: _("« %(title)s » : l’agence est en retard, réponse promise le %(limit)s"),
    Party.HOST: _("Compléter « %(title)s » pour l’agence : attendu depuis le %(limit)s"),
}
DUE = {
    RENEWAL: _("Décider la suite de « %(need)s » (%(person)s), qui finit le %(end)s"),
    LAST_CALL: _("Décider sans attendre la suite de « %(need)s » (%(person)s) : fin le %(end)s"),
    PROBATION: _("Faire le point d’essai : %(person)s, « %(need)s »"),
    UNSIGNED: _("Faire signer avant l’arrivée de %(person)s sur « %(need)s », le %(start)s"),
}


def for_agency(viewer: Viewer, today: date) -> list[Task]:
    """List one's follow-ups, ends to decide, letters to sign, needs to qualify, seats to staff."""
    pending = needs(viewer).where(Need.status.in_(AGENCY_S)).order_by(None)
    late = late_needs(viewer, today)
    tasks = [
        *_own_cases(viewer, today),
        *_contested(viewer, today),
        *_late(late),
        *_unread(viewer),
        *application_tasks.for_agency(viewer, today),
    ]
    told = {need.id for need, _promise in late}
    tasks += [_due(reminder) for reminder in due_reminders(today)[:SHOWN]]
    tasks += [
        Task(
            _("Instruire le besoin « %(title)s » (%(host)s)"),
            url_for("needs.show", need_id=need.id),
            {"title": need.title, "host": need.host_label},
        )
        for need in db.session.scalars(pending.order_by(Need.submitted_at).limit(SHOWN))
        if need.id not in told
    ]
    if not allows(viewer, Permission.RANK_TALENTS):
        return tasks
    waiting = list(db.session.scalars(seats(status=SeatStatus.OPEN).limit(50)))
    progress = stages([seat.id for seat in waiting])
    tasks += [
        Task(_seat_text(*progress[seat.id]), url_for("matches.seat", seat_id=seat.id), _of(seat))
        for seat in waiting
        if not progress[seat.id][1]
    ]
    if len(tasks) > SHOWN:
        rest = Task(_("Voir tous les postes à pourvoir"), url_for("matches.listing"), {})
        return [*tasks[:SHOWN], rest]
    return tasks


def _own_cases(viewer: Viewer, today: date) -> list[Task]:
    """List what to take back after an absence, then one's follow-ups whose day has come."""
    tasks = [
        Task(
            _("Reprendre les dossiers confiés à %(name)s : votre absence est finie"),
            url_for("casework.follow_ups"),
            {"name": handover.receiver.display_name},
        )
        for handover in handovers_over(viewer, today=today)
    ]
    due = follow_ups_due(viewer, today=today)
    tasks += [_come_back(row.subject, row.reason) for row in due[:FOLLOW_UPS_SHOWN]]
    if len(due) > FOLLOW_UPS_SHOWN:
        tasks.append(Task(_("Voir tous vos suivis à faire"), url_for("casework.follow_ups"), {}))
    return tasks


def _contested(viewer: Viewer, today: date) -> list[Task]:
    """List the contests that wait for a person's answer, the day promised first coming first."""
    late = _("En retard depuis le %(limit)s : répondre à %(person)s, qui conteste %(subject)s")
    due = _("Répondre avant le %(limit)s à %(person)s, qui conteste %(subject)s")
    return [
        Task(
            late if one.is_late_on(today) else due,
            url_for("contests.answer", contest_id=one.id),
            {
                "limit": date_in_figures(one.due_on),
                "person": one.person,
                "subject": one.subject,
            },
        )
        for one in db.session.scalars(open_contests(viewer).limit(FOLLOW_UPS_SHOWN))
    ]


def _come_back(subject: Subject, reason: str) -> Task:
    said: dict[str, object] = {"what": label_of(subject), "reason": reason}
    text = _("Revenir à « %(what)s » : %(reason)s") if reason else _("Revenir à « %(what)s »")
    return Task(text, address_of(subject), said)


def _due(reminder: Reminder) -> Task:
    url = url_for("placements.show", placement_id=reminder.placement.id)
    return Task(DUE[reminder.kind], url, dict(reminder.params))


def _seat_text(is_ranked: bool, _shortlisted: int) -> str:
    if is_ranked:
        return _("Présélectionner pour « %(title)s », %(need)s")
    return _("Classer le vivier pour « %(title)s », %(need)s")


def _of(seat: NeedSeat) -> dict[str, object]:
    return {"title": seat.label, "need": seat.need.title}


def for_ministry_member(viewer: Viewer) -> list[Task]:
    """List answers to give, messages to read, then needs, the one promised for the earliest day first."""
    found = [
        need for need in db.session.scalars(needs(viewer).limit(50)) if need.status in FOLLOWED
    ]
    promises, today = promises_of(found, promised_days()), date.today()
    # A draft waits for nobody else: it comes after what is promised.
    found.sort(key=lambda need: promises[need.id].due_on if need.id in promises else date.max)
    followed = [_followed(need, promises.get(need.id), today) for need in found]
    return [*_to_answer(viewer), *_asked(viewer), *_unread(viewer), *followed][:SHOWN]


def _followed(need: Need, promise: Promise | None, today: date) -> Task:
    is_late = promise is not None and promise.days_late(today) > 0
    text = LATE_ON[promise.party] if promise and is_late else FOLLOWED[need.status]
    limit = date_in_figures(promise.due_on if promise else None)
    return Task(text, url_for("needs.show", need_id=need.id), {"title": need.title, "limit": limit})


def _late(late: list[tuple[Need, Promise]]) -> list[Task]:
    """List the needs whose promised day has passed, the latest first."""
    texts = {
        Party.AGENCY: _("En retard depuis le %(limit)s : la suite de « %(title)s » (%(host)s)"),
        Party.HOST: _("Rappeler %(host)s : complément de « %(title)s » attendu le %(limit)s"),
    }
    tasks = [
        Task(
            texts[promise.party],
            url_for("needs.show", need_id=need.id),
            {
                "title": need.title,
                "host": need.host_label,
                "limit": date_in_figures(promise.due_on),
            },
        )
        for need, promise in late[:LATE_SHOWN]
    ]
    if len(late) > LATE_SHOWN:
        number: dict[str, object] = {"number": len(late)}
        every = _("Voir les besoins : %(number)s dates promises sont passées")
        tasks.append(Task(every, url_for("needs.listing"), number))
    return tasks


def _unread(viewer: Viewer) -> list[Task]:
    """List the needs whose other side wrote something that the viewer has not read."""
    return [
        Task(
            _("Lire les messages sur « %(title)s » (%(number)s)"),
            url_for("threads.show", need_id=need.id),
            {"title": need.title, "number": number},
        )
        for need, number in unread_by_need(viewer)[:FOLLOW_UPS_SHOWN]
    ]


def _asked(viewer: Viewer) -> list[Task]:
    """List the questions that wait for the viewer's ministry."""
    return [
        Task(
            _("Répondre à une question sur « %(title)s »"),
            url_for("threads.answer", question_id=question.id),
            {"title": question.need.title},
        )
        for question in unanswered_questions(viewer)[:FOLLOW_UPS_SHOWN]
    ]


def _to_answer(viewer: Viewer) -> list[Task]:
    """List the proposals that await the viewer's answer, the oldest first."""
    side, today = side_of(viewer), date.today()
    found = db.session.scalars(own_proposals(viewer, today=today)).all()
    awaited = [proposal for proposal in found if proposal.awaits(side, today)]
    awaited.sort(key=lambda proposal: proposal.answer_by)
    to_meet = [
        proposal
        for proposal in found
        if proposal.status_on(today) is ProposalStatus.MEETING_AGREED and not proposal.chosen_slot
    ]
    return [_answer(proposal, today) for proposal in awaited] + [
        _own(_("Convenir d’un entretien pour « %(seat)s »"), proposal) for proposal in to_meet
    ]


def _answer(proposal: Proposal, today: date) -> Task:
    if proposal.answer_by < today:
        return _own(_("En retard depuis le %(limit)s : répondre pour « %(seat)s »"), proposal)
    return _own(_("Répondre avant le %(limit)s pour « %(seat)s »"), proposal)


def _own(text: str, proposal: Proposal) -> Task:
    said: dict[str, object] = {
        "limit": date_in_figures(proposal.answer_by),
        "seat": proposal.seat.label,
    }
    return Task(text, url_for("proposals.own_show", proposal_id=proposal.id), said)


def for_talent(viewer: Viewer) -> list[Task]:
    """List answers to give, then what the profile lacks, with what each costs in being found."""
    talent = profile_of(viewer)
    if talent is None:
        return [Task(_("Écrire votre profil"), url_for("talents.own_step", step=FIRST.code), {})]
    completeness = completeness_of(talent)
    lacking = [_lacking(cost) for cost in costs_of(completeness.missing[:LACKING_SHOWN])]
    if len(completeness.missing) > LACKING_SHOWN:
        said: dict[str, object] = {"percent": completeness.percent}
        text = _("Voir tout ce qui manque à votre profil, complet à %(percent)s %%")
        lacking.append(Task(text, url_for("talents.own_profile"), said))
    return [*_to_answer(viewer), *application_tasks.for_talent(talent), *lacking]


def _lacking(cost: Cost) -> Task:
    said: dict[str, object] = {"what": translated(cost.part.task), "cost": cost.words}
    url = url_for("talents.own_step", step=cost.part.step)
    return Task(_("%(what)s : %(cost)s"), url, said)


def for_administrator(_viewer: Viewer, today: date) -> list[Task]:
    """List what people ask about their data, the oldest promise first, then the visa, then who is unbound."""
    return [*_data_requests(today), *_visa(today), *_unbound()]


def _visa(today: date) -> list[Task]:
    """Ask in time for the visa without which nobody is erased with time."""
    url, visa = url_for("privacy.visa"), visa_on(today)
    if visa is None:
        text = _("Faire viser les éliminations : sans visa, le temps n’efface personne")
        return [Task(text, url, {})]
    if visa.holds_on(today + RENEWED_AHEAD):
        return []
    text = _("Faire renouveler le visa d’élimination avant le %(day)s")
    return [Task(text, url, {"day": date_in_figures(visa.ends_on)})]


def _data_requests(today: date) -> list[Task]:
    late = _("En retard depuis le %(limit)s : répondre à %(code)s sur ses données")
    due = _("Répondre avant le %(limit)s à %(code)s sur ses données")
    waiting = waiting_requests()
    tasks = [
        Task(
            late if one.due_on < today else due,
            url_for("privacy.answer", request_id=one.id),
            {"limit": date_in_figures(one.due_on), "code": one.asker},
        )
        for one in waiting[:SHOWN]
    ]
    if len(waiting) > SHOWN:
        number: dict[str, object] = {"number": len(waiting)}
        every = _("Voir les %(number)s demandes sur des données")
        tasks.append(Task(every, url_for("privacy.register"), number))
    return tasks


def _unbound() -> list[Task]:
    """List members of ministries whom nobody has bound to an organisation."""
    unbound: Select[Account] = (
        select(Account)
        .where(Account.role == "ministry_member", ~Account.membership.has())
        .order_by(Account.id)
        .limit(SHOWN)
    )
    return [
        Task(
            _("Rattacher %(name)s à son organisation"),
            url_for("organisations.listing"),
            {"name": account.display_name},
        )
        for account in db.session.scalars(unbound)
    ]
