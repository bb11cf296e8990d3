"""Gathering what is on record about a person and a seat, and issuing its explanation."""

from dataclasses import asdict
from datetime import date

from flask_babel import force_locale
from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.matches.explanation import Case, Explanation, explanation_of
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.models import MatchDecision, MatchResult, MatchRun, PersonKey
from talentpool.matches.queries import past_decisions
from talentpool.needs.models import NeedSeat
from talentpool.placements.letters.reports import report_pdf
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent


class NothingToExplain(Exception):
    """The person was neither ranked for the seat, nor decided on, nor proposed."""


def case_of(seat: NeedSeat, person_key: str) -> Case:
    """Gather a case: the ranking that the last decision read or else the newest, and every decision.

    Raises `NothingToExplain`, as it does for a key that is nobody's any more.
    """
    known = db.session.scalar(select(PersonKey).where(PersonKey.key == person_key))
    if known is None:
        raise NothingToExplain
    newest_first = db.session.scalars(
        past_decisions(seat).where(MatchDecision.talent_id == known.talent_id)
    )
    decisions = list(newest_first)
    read = next((decision.run_id for decision in decisions if decision.run_id), None)
    result = db.session.scalar(
        _results(seat, person_key).order_by(MatchResult.run_id != read, MatchResult.run_id.desc())
    )
    proposals = _proposals(seat, known.talent_id)
    if result is None and not decisions and not proposals:
        raise NothingToExplain
    return Case(seat, known.talent, result, decisions[::-1], proposals)


def _results(seat: NeedSeat, person_key: str) -> Select[MatchResult]:
    return (
        select(MatchResult)
        .join(MatchRun)
        .where(MatchRun.seat_id == seat.id, MatchResult.person_key == person_key)
        .options(joinedload(MatchResult.run), joinedload(MatchResult.snapshot))
        .limit(1)
    )


def _proposals(seat: NeedSeat, talent_id: int) -> list[Proposal]:
    found = select(Proposal).where(Proposal.seat_id == seat.id, Proposal.talent_id == talent_id)
    return list(db.session.scalars(found.order_by(Proposal.id)))


def letters_about(seat: NeedSeat, talent_id: int) -> list[ExplanationLetter]:
    """List the explanations issued to a person about a seat, newest first."""
    found = (
        select(ExplanationLetter)
        .where(ExplanationLetter.seat_id == seat.id, ExplanationLetter.talent_id == talent_id)
        .options(joinedload(ExplanationLetter.issued_by))
        .order_by(ExplanationLetter.id.desc())
    )
    return list(db.session.scalars(found))


def letters_to(talent: Talent) -> list[ExplanationLetter]:
    """List every explanation issued to a person, newest first."""
    found = (
        select(ExplanationLetter)
        .where(ExplanationLetter.talent_id == talent.id)
        .options(joinedload(ExplanationLetter.seat), defer(ExplanationLetter.pdf))
        .order_by(ExplanationLetter.id.desc())
    )
    return list(db.session.scalars(found))


def preview(case: Case, *, dated_on: date, is_named: bool) -> Explanation:
    """Write what would be issued, without a number yet."""
    with force_locale("fr"):
        return explanation_of(case, reference="Explication", dated_on=dated_on, is_named=is_named)


def issue(case: Case, *, dated_on: date, by: Account | None) -> ExplanationLetter:
    """Write, print and keep the explanation of a case, under the person's name."""
    # Two letters at once about one seat would take the same number.
    db.session.execute(select(NeedSeat.id).where(NeedSeat.id == case.seat.id).with_for_update())
    number = len(letters_about(case.seat, case.talent.id)) + 1
    reference = f"{case.seat.id}-{case.talent.id}-{number}"
    with force_locale("fr"):
        written = explanation_of(
            case, reference=f"Explication {reference}", dated_on=dated_on, is_named=True
        )
    letter = ExplanationLetter(
        seat=case.seat,
        talent=case.talent,
        run_id=case.run.id if case.run else None,
        reference=reference,
        content={**asdict(written), "dated_on": dated_on.isoformat()},
        pdf=printed(written),
        issued_by=by,
    )
    db.session.add(letter)
    db.session.flush()
    journal.record(
        "match.explained",
        case.seat,
        by=by,
        talent=case.talent.id,
        letter=letter.id,
        run=letter.run_id,
    )
    return letter


def printed(written: Explanation) -> bytes:
    """Return an explanation as a tagged PDF."""
    return report_pdf(
        title=written.title,
        reference=written.reference,
        status=written.status,
        dated_on=written.dated_on,
        facts=written.facts,
        blocks=written.blocks,
    )
