"""Blind sheets side by side, against what a seat asks."""

from dataclasses import dataclass, replace
from datetime import date

from talentpool.anonymity.sheets import BlindSheet, blind_sheet
from talentpool.assessments.queries import Reading, readings_of
from talentpool.i18n import named
from talentpool.needs.models import NeedSeat, SeatSkill
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import Side


@dataclass(frozen=True)
class Column:
    """One person proposed, as their host may know them today."""

    proposal: Proposal
    sheet: BlindSheet
    name: str
    is_awaited: bool


@dataclass(frozen=True)
class SkillRow:
    """A skill that the seat asks for, and what each person says of it: None when nothing."""

    label: str
    is_must: bool
    asked_level: int | None
    held: tuple[Reading | None, ...]


@dataclass(frozen=True)
class Compared:
    """Those proposed for one seat, side by side."""

    columns: list[Column]
    skills: list[SkillRow]
    #: The skills that the seat asks for, which are not told again among the others.
    asked: set[int | None]


def sheet_for_host(proposal: Proposal) -> BlindSheet:
    """Return a person's blind sheet under the code of one proposal, which no other host has."""
    return replace(blind_sheet(proposal.talent), code=proposal.code)


def compared(seat: NeedSeat, proposals: list[Proposal], today: date) -> Compared:
    """Put proposals for one seat side by side: essential skills first."""
    columns = [
        Column(
            proposal,
            sheet_for_host(proposal),
            proposal.talent.label if proposal.are_introduced_on(today) else proposal.code,
            proposal.awaits(Side.HOST, today),
        )
        for proposal in proposals
    ]
    readings = readings_of(proposal.talent for proposal in proposals)
    skills = [
        SkillRow(
            named(asked.skill) if asked.skill else asked.label,
            asked.is_must,
            asked.level,
            tuple(_held(readings[proposal.talent_id], asked) for proposal in proposals),
        )
        for asked in sorted(seat.skills, key=lambda asked: (not asked.is_must, asked.position))
    ]
    return Compared(columns, skills, {asked.skill_id for asked in seat.skills} - {None})


def _held(readings: list[Reading], asked: SeatSkill) -> Reading | None:
    """Return what somebody says of a skill; what the agency alone says of it is not told to hosts."""
    for one in readings:
        same_skill = asked.skill_id is not None and one.skill == asked.skill
        if one.held and (same_skill or one.label.casefold() == asked.label.casefold()):
            return one
    return None
