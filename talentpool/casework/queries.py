"""Reading notes, follow-ups, handovers and confirmations, the viewer first."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from talentpool.access import Permission, Role, Viewer, allows
from talentpool.accounts.models import Account
from talentpool.casework.models import (
    CaseNote,
    Confirmation,
    ConfirmationState,
    FollowUp,
    Handover,
    HandoverItem,
    Subject,
)
from talentpool.db import db
from talentpool.naming import TYPED
from talentpool.needs import people
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.placements.models import Placement
from talentpool.talents.models import Talent


def key_of(subject: Subject) -> dict[str, Any]:
    """Return the column that points at a subject, with its number."""
    if isinstance(subject, Need):
        return {"need_id": subject.id}
    if isinstance(subject, NeedSeat):
        return {"seat_id": subject.id}
    return {"talent_id": subject.id}


def may_read(viewer: Viewer, subject: Subject) -> bool:
    """Tell whether a viewer reads what the agency keeps on a subject: only where they read it, too."""
    if not allows(viewer, Permission.READ_NOTES):
        return False
    if isinstance(subject, Talent):
        return allows(viewer, Permission.READ_TALENTS, subject)
    need = subject.need if isinstance(subject, NeedSeat) else subject
    return allows(viewer, Permission.READ_NEEDS, need)


def notes_on(viewer: Viewer, subject: Subject) -> Select[CaseNote]:
    """Select the notes on a subject, newest first, those struck out among them."""
    chosen = (
        select(CaseNote)
        .options(joinedload(CaseNote.author))
        .filter_by(**key_of(subject))
        .order_by(CaseNote.id.desc())
    )
    return chosen if may_read(viewer, subject) else chosen.where(false())


def _host() -> Any:
    return selectinload(Need.organisation).selectinload(Organisation.names)


def _whole_follow_ups() -> Select[FollowUp]:
    return select(FollowUp).options(
        joinedload(FollowUp.owner),
        joinedload(FollowUp.talent),
        joinedload(FollowUp.need).options(_host()),
        joinedload(FollowUp.seat).options(
            joinedload(NeedSeat.family), joinedload(NeedSeat.need).options(_host())
        ),
    )


def follow_ups(viewer: Viewer, *, owner_id: int | None = None) -> Select[FollowUp]:
    """Select the open follow-ups of everybody, or of one account, the latest due first."""
    chosen = (
        _whole_follow_ups()
        .where(FollowUp.due_on.is_not(None))
        .order_by(FollowUp.due_on, FollowUp.id)
    )
    if owner_id is not None:
        chosen = chosen.where(FollowUp.owner_id == owner_id)
    return chosen if allows(viewer, Permission.READ_NOTES) else chosen.where(false())


def follow_ups_due(viewer: Viewer, *, today: date) -> list[FollowUp]:
    """List the viewer's own follow-ups whose day has come, those that have waited longest first."""
    chosen = follow_ups(viewer, owner_id=viewer.id or 0).where(FollowUp.due_on <= today)
    return list(db.session.scalars(chosen))


def numbered_follow_ups(viewer: Viewer, numbers: list[int]) -> list[FollowUp]:
    """List the open follow-ups that have these numbers."""
    return list(db.session.scalars(follow_ups(viewer).where(FollowUp.id.in_(numbers))))


def follow_up_of(subject: Subject) -> FollowUp | None:
    """Return who follows a subject and until when, if anybody ever said so."""
    chosen = select(FollowUp).options(joinedload(FollowUp.owner)).filter_by(**key_of(subject))
    return db.session.scalar(chosen)


def owner_of_need(need: Need) -> Account | None:
    """Return who follows a need at the agency, if anybody ever said so."""
    found = follow_up_of(need)
    return found.owner if found else None


people.caretakers.append(owner_of_need)


def caretakers() -> list[Account]:
    """List who may follow something: the agency's active staff, by name."""
    chosen = select(Account).where(Account.role == Role.AGENCY_STAFF, Account.is_active)
    return list(db.session.scalars(chosen.order_by(Account.display_name, Account.id)))


def absences_on(day: date) -> dict[int, Handover]:
    """Map the accounts that are away on a day to the handover that says so."""
    chosen = (
        select(Handover)
        .options(joinedload(Handover.receiver))
        .where(Handover.taken_back_at.is_(None), Handover.starts_on <= day, Handover.ends_on >= day)
        .order_by(Handover.ends_on, Handover.id)
    )
    return {handover.giver_id: handover for handover in db.session.scalars(chosen)}


def is_away(account: Account, first: date, last: date) -> bool:
    """Tell whether an account handed its cases over for one of these days."""
    chosen = select(Handover.id).where(
        Handover.giver_id == account.id,
        Handover.taken_back_at.is_(None),
        Handover.starts_on <= last,
        Handover.ends_on >= first,
    )
    return db.session.scalar(chosen.limit(1)) is not None


def handovers(viewer: Viewer) -> Select[Handover]:
    """Select the handovers that nobody has taken back, those that end first, first."""
    chosen = (
        select(Handover)
        .options(
            joinedload(Handover.giver),
            joinedload(Handover.receiver),
            selectinload(Handover.items),
        )
        .where(Handover.taken_back_at.is_(None))
        .order_by(Handover.ends_on, Handover.id)
    )
    return chosen if allows(viewer, Permission.READ_NOTES) else chosen.where(false())


def handovers_over(viewer: Viewer, *, today: date) -> list[Handover]:
    """List what the viewer handed over for an absence that has ended, and has not taken back."""
    chosen = handovers(viewer).where(Handover.giver_id == viewer.id, Handover.ends_on < today)
    return list(db.session.scalars(chosen))


def owned_follow_ups(account: Account) -> list[FollowUp]:
    """List all that an account looks after: what is due first, then what only has an owner."""
    chosen = (
        _whole_follow_ups()
        .where(FollowUp.owner_id == account.id)
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    )
    return list(db.session.scalars(chosen))


def owned_placements(account: Account, *, today: date) -> list[Placement]:
    """List the placements that an account decides about and that are not over."""
    chosen = (
        select(Placement)
        .options(joinedload(Placement.talent), joinedload(Placement.seat).joinedload(NeedSeat.need))
        .where(
            Placement.owner_id == account.id,
            Placement.cancelled_at.is_(None),
            Placement.ends_on >= today,
        )
        .order_by(Placement.ends_on, Placement.id)
    )
    return list(db.session.scalars(chosen))


def lent_onwards(item: HandoverItem) -> list[HandoverItem]:
    """List where the thing was handed over again afterwards and not taken back, in that order."""
    chosen = (
        select(HandoverItem)
        .join(HandoverItem.handover)
        .options(joinedload(HandoverItem.handover))
        .where(
            HandoverItem.id > item.id,
            Handover.taken_back_at.is_(None),
            HandoverItem.follow_up_id == item.follow_up_id
            if item.follow_up_id
            else HandoverItem.placement_id == item.placement_id,
        )
        .order_by(HandoverItem.id)
    )
    return list(db.session.scalars(chosen))


def is_on_behalf(subject: Subject) -> bool:
    """Tell whether the agency typed an entry in somebody's place, who cannot correct it themselves."""
    if isinstance(subject, Need):
        return subject.entered_by_agency
    return isinstance(subject, Talent) and subject.source == TYPED and subject.account_id is None


def confirmations_of(subject: Subject) -> list[Confirmation]:
    """List what was asked about a need or a person, newest first; about a seat nothing ever is."""
    if isinstance(subject, NeedSeat):
        return []
    chosen = (
        select(Confirmation)
        .options(joinedload(Confirmation.asked_by))
        .filter_by(**key_of(subject))
        .order_by(Confirmation.id.desc())
    )
    return list(db.session.scalars(chosen))


def confirmation_states(
    subjects: Iterable[Subject], *, today: date
) -> dict[tuple[str, int], ConfirmationState]:
    """Map the subjects entered on somebody's behalf, by table and number, to where they stand."""
    concerned = [subject for subject in subjects if is_on_behalf(subject)]
    latest: dict[tuple[str, int], Confirmation] = {}
    for confirmation in db.session.scalars(
        select(Confirmation).where(_is_about(concerned)).order_by(Confirmation.id)
    ):
        about = ("need", confirmation.need_id) if confirmation.need_id else None
        latest[about or ("talent", confirmation.talent_id or 0)] = confirmation
    keys = [(subject.__tablename__, subject.id) for subject in concerned]
    return {
        key: latest[key].state_on(today) if key in latest else ConfirmationState.TO_ASK
        for key in keys
    }


def _is_about(subjects: list[Subject]) -> ColumnElement[bool]:
    needs = [subject.id for subject in subjects if isinstance(subject, Need)]
    people = [subject.id for subject in subjects if isinstance(subject, Talent)]
    return or_(Confirmation.need_id.in_(needs), Confirmation.talent_id.in_(people))


def person_named(name: str) -> Talent | None:
    """Return the person with this code, this account's address, or this address of confirmation."""
    wanted = name.strip().casefold()
    if code := re.fullmatch(r"t-([0-9]{1,9})", wanted):
        return db.session.get(Talent, int(code[1]))
    with_account = select(Talent).join(Talent.account).where(Account.email == wanted)
    asked = (
        select(Talent)
        .join(Confirmation, Confirmation.talent_id == Talent.id)
        .where(Confirmation.contact_email == wanted)
        .order_by(Confirmation.id.desc())
        .limit(1)
    )
    return db.session.scalar(with_account) or db.session.scalar(asked)
