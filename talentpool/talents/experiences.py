"""Experiences one at a time: told in parts, read by everybody as one line."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.talents.models import Experience, Talent, TalentSkill
from talentpool.talents.months import months_in_words
from talentpool.talents.services import index_words


@dataclass(frozen=True)
class Told:
    """An experience in parts; months are written « 2024-09 » or « 2024 », a last one only when it is over."""

    title: str = ""
    organisation: str = ""
    started: str = ""
    ended: str = ""
    text: str = ""

    @property
    def summary(self) -> str:
        """The one line that rankings and readers get: « Développeuse, Ville de Lyon (2019 – 2021) : … »."""
        where = ", ".join(part for part in (self.title, self.organisation) if part)
        when = months_in_words(self.started, self.ended)
        dated = f"{where} ({when})" if where and when else where or when
        parts = [part for part in (dated, self.text) if part]
        return " ".join(" : ".join(parts).split())


def told_by(experience: Experience) -> Told:
    """Return the parts of an experience; a line that came whole is its own text."""
    parts = Told(
        experience.title,
        experience.organisation,
        experience.started,
        experience.ended,
        experience.text,
    )
    return Told(text=experience.summary) if parts == Told() else parts


def add_experience(
    talent: Talent, told: Told, *, by: Account | None, is_last: bool = False
) -> Experience:
    """Tell one more experience, before the others unless it is the last: the latest is read first.

    One that is told already, in every part, is returned and nothing is added.
    """
    # A second click waits, and then sees the first.
    db.session.flush()
    db.session.execute(select(Talent.id).where(Talent.id == talent.id).with_for_update())
    db.session.refresh(talent, ["experiences"])
    for one in talent.experiences:
        if told_by(one) == told:
            return one
    experience = Experience(position=0)
    _tell(experience, told)
    place = len(talent.experiences) if is_last else 0
    talent.experiences.insert(place, experience)
    for position, one in enumerate(talent.experiences):
        one.position = position
    _touch(talent, by=by)
    return experience


def edit_experience(experience: Experience, told: Told, *, by: Account | None) -> None:
    """Tell an experience otherwise; saying the same again changes nothing."""
    if told != told_by(experience):
        _tell(experience, told)
        _touch(experience.talent, by=by)


def shown_by_it_alone(experience: Experience) -> list[TalentSkill]:
    """List the skills that nothing but an experience shows: without it they are what one says."""
    return [
        held
        for held in experience.talent.skills
        if held.experience is experience and not held.evidence and not held.evidence_url
    ]


def remove_experience(experience: Experience, *, by: Account | None) -> None:
    """Take an experience out of a profile."""
    talent = experience.talent
    talent.experiences.remove(experience)
    for place, other in enumerate(talent.experiences):
        other.position = place
    _touch(talent, by=by)


def move_experience(experience: Experience, *, places: int, by: Account | None) -> None:
    """Bring an experience so many places down the list, up when negative; the ends stay ends."""
    talent = experience.talent
    ordered = sorted(talent.experiences, key=lambda one: one.position)
    old = ordered.index(experience)
    new = min(max(old + places, 0), len(ordered) - 1)
    if new == old:
        return
    ordered.insert(new, ordered.pop(old))
    for place, one in enumerate(ordered):
        one.position = place
    db.session.flush()
    db.session.expire(talent, ["experiences"])
    _touch(talent, by=by)


def keep_parts(talent: Talent, others: list[Experience]) -> None:
    """Let lines of a profile that came whole keep the parts that the same lines have elsewhere."""
    known = {one.summary: one for one in others if told_by(one) != Told(text=one.summary)}
    for experience in talent.experiences:
        source = known.get(experience.summary)
        if source is not None and told_by(experience) == Told(text=experience.summary):
            _write(experience, vars(told_by(source)))


def _tell(experience: Experience, told: Told) -> None:
    is_whole = told == Told(text=told.text)
    # A line without parts keeps its line ends, as files brought them.
    experience.summary = told.text if is_whole else told.summary
    _write(experience, vars(Told() if is_whole else told))


def _write(experience: Experience, parts: dict[str, Any]) -> None:
    for name, value in parts.items():
        setattr(experience, name, value)


def _touch(talent: Talent, *, by: Account | None) -> None:
    index_words(talent)
    talent.edited_at = now()
    journal.record("talent.edited", talent, by=by, changed=["experience"])
