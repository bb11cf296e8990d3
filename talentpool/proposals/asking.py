"""Asking each side for its answer, and telling all concerned what became of a proposal.

Hosts never read a person's name before both sides have agreed to meet, nor anything of the person's
other proposals; whatever is said here keeps to that.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _, date_in_figures
from talentpool.journal import services as journal
from talentpool.mail.services import Attachment, queue_mail
from talentpool.mail.writing import Email, written
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.models import Notification
from talentpool.notifications.services import notify
from talentpool.proposals import links
from talentpool.proposals.models import (
    AnswerLink,
    InterviewSlot,
    Proposal,
    ProposalAnswer,
    ProposalMessage,
)
from talentpool.proposals.people import accounts_of, address_of, addresses_of, officers
from talentpool.proposals.reach import check_limit, check_reach
from talentpool.proposals.stages import SIDES, ProposalStatus, Question, Side
from talentpool.proposals.wording import PARIS
from talentpool.tabular.limits import in_french

ASKED_HOST, ASKED_TALENT = "proposal.asked_host", "proposal.asked_talent"
ANSWERED, INTRODUCED, ENDED = "proposal.answered", "proposal.introduced", "proposal.ended"
CONFIRMED, AGREED = "proposal.confirmed", "proposal.agreed"
SLOTS, MEETING, MESSAGE = "proposal.slots", "proposal.meeting", "proposal.message"
EXPIRES, EXPIRED, HELD = "proposal.expires", "proposal.expired", "proposal.held"

register(
    ASKED_HOST,
    group=Group.PROPOSALS,
    subject=_("Votre réponse avant le %(limit)s : une personne pour « %(seat)s »"),
    sentence=_(
        "L’agence vous propose une personne pour le poste « %(seat)s » (%(need)s). "
        "%(question)s Répondez avant le %(limit)s."
    ),
)
register(
    ASKED_TALENT,
    group=Group.PROPOSALS,
    subject=_("Votre réponse avant le %(limit)s : une mission, %(need)s"),
    sentence=_(
        "L’agence vous propose le poste « %(seat)s » (%(need)s, %(host)s). "
        "%(question)s Répondez avant le %(limit)s."
    ),
)
register(
    ANSWERED,
    group=Group.PROPOSALS,
    subject=_("Réponse reçue pour « %(seat)s »"),
    sentence=_("%(side)s a répondu %(answer)s pour « %(seat)s » (%(need)s) : %(person)s."),
)
register(
    INTRODUCED,
    group=Group.PROPOSALS,
    subject=_("Vous pouvez vous rencontrer : %(need)s"),
    sentence=_(
        "Les deux côtés souhaitent une rencontre pour « %(seat)s » (%(need)s). Vous pouvez "
        "maintenant voir qui vous rencontrez, et proposer un moment."
    ),
)
register(
    AGREED,
    group=Group.PROPOSALS,
    subject=_("À confirmer : deux accords pour « %(seat)s »"),
    sentence=_(
        "L’administration et %(person)s sont d’accord pour « %(seat)s » (%(need)s). "
        "Confirmez la proposition pour réserver son temps."
    ),
)
register(
    CONFIRMED,
    group=Group.PROPOSALS,
    subject=_("C’est confirmé : %(need)s"),
    sentence=_(
        "La proposition pour « %(seat)s » (%(need)s) est confirmée. L’agence prépare le contrat, "
        "la convention et la lettre de mission."
    ),
)
register(
    ENDED,
    group=Group.PROPOSALS,
    subject=_("La proposition pour « %(seat)s » s’arrête"),
    sentence=_(
        "La proposition pour « %(seat)s » (%(need)s) s’arrête là. L’agence revient vers vous si "
        "une autre convient."
    ),
)
register(
    SLOTS,
    group=Group.PROPOSALS,
    subject=_("Choisissez un moment pour vous rencontrer : %(need)s"),
    sentence=_("Des moments sont proposés pour l’entretien, poste « %(seat)s » (%(need)s)."),
)
register(
    MEETING,
    group=Group.PROPOSALS,
    subject=_("Entretien le %(when)s : %(need)s"),
    sentence=_("L’entretien pour « %(seat)s » (%(need)s) a lieu le %(when)s. %(place)s"),
)
register(
    MESSAGE,
    group=Group.PROPOSALS,
    subject=_("Un message au sujet de « %(seat)s »"),
    sentence=_("%(side)s vous écrit au sujet de « %(seat)s » (%(need)s)."),
)
register(
    HELD,
    group=Group.PROPOSALS,
    subject=_("Pas de relance pour « %(seat)s » : à voir avec %(person)s"),
    sentence=_(
        "%(why)s La proposition pour « %(seat)s » (%(need)s) n’est donc pas relancée : parlez-en avec "
        "%(person)s, puis relancez-la ou arrêtez-la."
    ),
)
register(
    EXPIRES,
    group=Group.PROPOSALS,
    subject=_("Sans réponse, « %(seat)s » expire le %(limit)s"),
    sentence=_(
        "La proposition de %(person)s pour « %(seat)s » (%(need)s) n’a pas bougé ; elle expire le "
        "%(limit)s. Relancez, ou rappelez."
    ),
)
register(
    EXPIRED,
    group=Group.PROPOSALS,
    subject=_("Une proposition a expiré : « %(seat)s »"),
    sentence=_(
        "La proposition pour « %(seat)s » (%(need)s) a expiré sans réponse le %(limit)s. Ce n’est "
        "pas un refus : l’agence peut la rouvrir."
    ),
)


def ask(proposal: Proposal, *, today: date, is_checked: bool = False) -> int:
    """Ask each side that has not answered yet, by mail with a link of its own; return how many were asked.

    Somebody whom a mail asked today is not written to again today. Raises `ProcessingLimited`, and what
    else `check_reach` raises as long as the host was told nothing, unless the caller has checked that.
    """
    question = proposal.asked_on(today)
    if question is None:
        return 0
    check_limit(proposal.talent)
    if not (is_checked or _is_known_to_host(proposal)):
        check_reach(proposal.talent, proposal.seat, today=today)
    asked = 0
    for side in SIDES:
        if not proposal.awaits(side, today):
            continue
        for account in accounts_of(proposal, side):
            asked += _ask_account(proposal, side, question, account, today)
        asked += _ask_address(proposal, side, question, today)
    if asked:
        journal.record("proposal.asked", proposal, by=None, question=question.value, people=asked)
    return asked


def _is_known_to_host(proposal: Proposal) -> bool:
    """Whether a host was asked about a person before, has answered, or has had them on the seat."""
    if any(given.side is Side.HOST for given in proposal.answers):
        return True
    asked = select(Notification.id).where(
        Notification.kind == ASKED_HOST,
        Notification.subject_kind == proposal.__tablename__,
        Notification.subject_id == proposal.id,
    )
    written = select(AnswerLink.id).where(
        AnswerLink.proposal_id == proposal.id, AnswerLink.side == Side.HOST
    )
    held = select(Proposal.id).where(
        Proposal.talent_id == proposal.talent_id,
        Proposal.seat_id == proposal.seat_id,
        Proposal.status == ProposalStatus.PLACED,
    )
    return any(db.session.scalar(found.limit(1)) is not None for found in (asked, written, held))


def _ask_address(proposal: Proposal, side: Side, question: Question, today: date) -> bool:
    """Ask whoever has no account, unless a link of theirs is fresh."""
    address = address_of(proposal, side)
    if not address or links.is_fresh(proposal, side, question, address):
        return False
    mail = _question_mail(proposal, side, question, address, today)
    queue_mail(to=address, subject=mail.subject, text=mail.text)
    return True


def _ask_account(
    proposal: Proposal, side: Side, question: Question, account: Account, today: date
) -> bool:
    return (
        notify(
            account,
            kind=ASKED_HOST if side is Side.HOST else ASKED_TALENT,
            params=_params(proposal, side, today)
            | {
                "question": in_french(question.label),
                "limit": date_in_figures(proposal.answer_by),
            },
            url_path=f"/mes-propositions/{proposal.id}",
            once=f"asked:{proposal.id}:{proposal.version_id}:{question.value}:{today.isoformat()}",
            due_on=proposal.answer_by,
            subject=proposal,
            mail=lambda: _question_mail(proposal, side, question, account.email, today),
        )
        is not None
    )


def _question_mail(
    proposal: Proposal, side: Side, question: Question, address: str, today: date
) -> Email:
    """Write the mail that asks, with the address that answers and is good for nothing else."""
    token = links.issue(proposal, side, question, address)
    return written(
        "proposals/emails/question",
        proposal=proposal,
        side=side.value,
        question=question.value,
        person=person_for(proposal, side, today),
        token=token,
    )


def tell_answered(proposal: Proposal, given: ProposalAnswer, *, today: date) -> None:
    """Tell the agency what a side answered, and the sides what follows from it."""
    _tell(
        officers(proposal),
        proposal,
        ANSWERED,
        Side.AGENCY,
        today,
        about=str(given.id),
        side=in_french(given.side.label),
        answer=in_french(_("oui")) if given.is_yes else in_french(_("non")),
    )
    if proposal.status is ProposalStatus.MEETING_AGREED:
        for side in SIDES:
            _tell(accounts_of(proposal, side), proposal, INTRODUCED, side, today)
    elif proposal.status is ProposalStatus.AGREED:
        _tell(officers(proposal), proposal, AGREED, Side.AGENCY, today)
    elif proposal.status is ProposalStatus.DECLINED:
        tell_ended(proposal, but=given.side, today=today)


def tell_ended(proposal: Proposal, *, but: Side | None, today: date) -> None:
    """Tell the sides, `but` one, that a proposal is over; never why, nor where the person goes."""
    for side in SIDES:
        if side is not but:
            _tell(accounts_of(proposal, side), proposal, ENDED, side, today)


def tell_confirmed(proposal: Proposal, *, today: date) -> None:
    """Tell both sides that the agency has confirmed."""
    for side in SIDES:
        _tell(accounts_of(proposal, side), proposal, CONFIRMED, side, today)


def tell_slots(proposal: Proposal, *, offered_by: Side, today: date) -> None:
    """Tell the sides that did not offer them that there are times to choose from."""
    about = str(len(proposal.slots))
    for side in SIDES:
        if side is not offered_by:
            _tell(accounts_of(proposal, side), proposal, SLOTS, side, today, about=about)


def tell_meeting(proposal: Proposal, slot: InterviewSlot, calendar: bytes, *, today: date) -> None:
    """Send both sides, accounts or not, the time of their meeting, with the file for their calendars."""
    when = f"{slot.starts_at.astimezone(PARIS):%d/%m/%Y %H:%M}"
    attachment = Attachment("entretien.ics", "text/calendar", calendar)
    for side in SIDES:
        people = accounts_of(proposal, side)
        _tell(
            people, proposal, MEETING, side, today, about=str(slot.id), when=when, place=slot.place
        )
        for to in addresses_of(proposal, side):
            words = _params(proposal, side, today) | {"when": when, "place": slot.place}
            queue_mail(
                to=to,
                subject=in_french(_("Pour votre agenda : entretien le %(when)s"), when=when),
                text=in_french(
                    _(
                        "L’entretien pour « %(seat)s » (%(need)s) a lieu le %(when)s. %(place)s\n\n"
                        "Le fichier joint l’ajoute à votre agenda."
                    ),
                    **words,
                ),
                attachments=[attachment],
            )


def tell_message(proposal: Proposal, message: ProposalMessage, *, today: date) -> None:
    """Tell whoever a message is for that it is there; its words stay on the site."""
    readers: list[tuple[Side, Iterable[Account]]] = [
        (side, accounts_of(proposal, side))
        for side in SIDES
        if message.audience in (None, side) and message.author_side is not side
    ]
    if message.author_side is not Side.AGENCY:
        readers.append((Side.AGENCY, officers(proposal)))
    for side, people in readers:
        author = in_french(message.author_side.label)
        _tell(people, proposal, MESSAGE, side, today, about=str(message.id), side=author)


def tell_held(proposal: Proposal, why: str, *, today: date) -> int:
    """Tell the agency, once, that nobody is reminded of a proposal, and why."""
    return _tell(officers(proposal), proposal, HELD, Side.AGENCY, today, why=why)


def tell_expiring(proposal: Proposal, *, today: date) -> int:
    """Tell the agency, once, that silence is about to end a proposal."""
    about = proposal.expires_on.isoformat()
    return _tell(officers(proposal), proposal, EXPIRES, Side.AGENCY, today, about=about)


def tell_expired(proposal: Proposal, *, today: date) -> int:
    """Tell the agency and both sides, once, that silence has ended a proposal."""
    told = 0
    for side in (Side.AGENCY, *SIDES):
        people = officers(proposal) if side is Side.AGENCY else accounts_of(proposal, side)
        about = proposal.expires_on.isoformat()
        told += _tell(people, proposal, EXPIRED, side, today, about=about)
    return told


def _tell(
    people: Iterable[Account],
    proposal: Proposal,
    kind: str,
    reader: Side,
    today: date,
    *,
    about: str = "",
    **said: str,
) -> int:
    place = "propositions" if reader is Side.AGENCY else "mes-propositions"
    told = [
        notify(
            account,
            kind=kind,
            params=_params(proposal, reader, today) | said,
            url_path=f"/{place}/{proposal.id}",
            once=f"{kind}:{proposal.id}:{about or proposal.version_id}",
            subject=proposal,
        )
        for account in people
    ]
    return sum(one is not None for one in told)


def _params(proposal: Proposal, reader: Side, today: date) -> dict[str, str]:
    seat = proposal.seat
    said = {
        "seat": seat.label,
        "need": seat.need.title,
        "host": seat.need.host_label,
        "limit": date_in_figures(proposal.expires_on),
    }
    # What is told stays for good: only the agency's words name the person.
    return said | ({"person": proposal.talent.label} if reader is Side.AGENCY else {})


def person_for(proposal: Proposal, reader: Side, today: date) -> str:
    """Call the person by name, or by code for a host who may not know it."""
    if reader is Side.HOST and not proposal.are_introduced_on(today):
        return proposal.code
    return proposal.talent.label
