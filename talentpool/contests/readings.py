"""What somebody may contest: found by its address, and told as they read it."""

from datetime import date

from talentpool.assessments.models import SkillAssessment
from talentpool.contests.models import Contested
from talentpool.contests.services import Reading
from talentpool.db import db
from talentpool.i18n import _, date_in_words, named, translated
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.own_needs import OwnNeed, own_row
from talentpool.matches.own_past import was_read
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent

#: A select offers no more of what was read than this.
OFFERED = 20

in_words = date_in_words


def reading_of(talent: Talent, about: Contested, number: int) -> tuple[Reading, list[str]] | None:
    """Return what an address points at, with what of it can be pointed at; None if it is not theirs to contest."""
    return _FINDERS[about](talent, number)


def _seat(talent: Talent, number: int) -> tuple[Reading, list[str]] | None:
    seat = db.session.get(NeedSeat, number)
    if seat is None:
        return None
    row = None
    if seat.is_open and seat.need.is_on_board:
        row = own_row(talent, seat, today=date.today())
    if row is None and not was_read(talent, seat):
        return None
    said = translated(_("le poste « %(seat)s » (%(need)s)"), seat=seat.label, need=seat.need.title)
    return Reading(Contested.SEAT, said, seat=seat), _parts_of(row) if row else []


def _parts_of(row: OwnNeed) -> list[str]:
    """List what a place is made of, once each."""
    labels = [one.label for one in row.shown.every_part]
    labels += [one.label for one in row.shown.criteria]
    return list(dict.fromkeys(map(translated, labels)))[:OFFERED]


def _letter(talent: Talent, number: int) -> tuple[Reading, list[str]] | None:
    letter = db.session.get(ExplanationLetter, number)
    if letter is None or letter.talent_id != talent.id:
        return None
    said = translated(
        _("l’explication %(reference)s, pour « %(seat)s »"),
        reference=letter.reference,
        seat=letter.seat.label,
    )
    offered = [str(block["title"]) for block in letter.content.get("blocks", ())]
    return Reading(Contested.LETTER, said, letter=letter), offered[:OFFERED]


def _assessment(talent: Talent, number: int) -> tuple[Reading, list[str]] | None:
    found = db.session.get(SkillAssessment, number)
    if found is None or found.talent_id != talent.id or found.is_withdrawn:
        return None
    name = named(found.skill) if found.skill else found.label
    said = translated(_("l’évaluation de la compétence « %(skill)s »"), skill=name)
    return Reading(Contested.ASSESSMENT, said, assessment=found), []


_FINDERS = {
    Contested.SEAT: _seat,
    Contested.LETTER: _letter,
    Contested.ASSESSMENT: _assessment,
}
