"""From what the product stores to what the ranker reads."""

from collections.abc import Mapping
from datetime import date

from matching import AskedSkill, HeldSkill, Posting, Profile, SpokenLanguage
from talentpool.assessments.models import SkillKey, key_of
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.services import SeatContent, seat_content_of
from talentpool.talents.clearances import clearances_met
from talentpool.talents.models import Talent


def profile_of(talent: Talent, key: str, found: Mapping[SkillKey, int] | None = None) -> Profile:
    """Return what rankings read of a talent: neither name nor account, nor what they studied.

    Towns, remote days, status, clearances, languages, years and wishes answer criteria only: none is
    read as words. Dates and share are the profile's own: `matches.times` knows better for some.
    `found` are the levels at which the agency assessed skills.
    """
    levels = found or {}
    return Profile(
        key=key,
        headline=talent.headline,
        families=(*(family.code for family in talent.families), *talent.unknown_families),
        skills=tuple(
            HeldSkill(
                held.label,
                held.skill.code if held.skill else None,
                held.level,
                levels.get(key_of(held.skill_id, held.label)),
            )
            for held in talent.skills
        ),
        experience=tuple(experience.summary for experience in talent.experiences),
        text=talent.text,
        available_from=talent.available_from,
        share_pct=talent.share_pct,
        town=talent.town,
        other_towns=tuple(talent.other_towns),
        remote_days=talent.remote_days,
        statuses=(talent.employment_status.value,) if talent.employment_status else (),
        clearances=clearances_met(talent.clearances),
        languages=tuple(
            SpokenLanguage(one.code, one.level.value if one.level else None)
            for one in talent.languages
        ),
        seniority_years=talent.seniority_years,
        wishes=tuple(talent.wishes),
    )


def posting_of(seat: NeedSeat, as_of: date) -> Posting:
    """Return what rankings read of a seat: its need's words, then its own.

    A start that has passed asks for somebody who is free on `as_of`.
    """
    return posting_as_written(seat.need, seat_content_of(seat), as_of, key=f"seat-{seat.id}")


def posting_as_written(need: Need, seat: SeatContent, as_of: date, *, key: str = "") -> Posting:
    """Return what rankings would read of a seat that says this, stored or only typed so far."""
    family = seat.family.code if seat.family else seat.family_as_given
    return Posting(
        key=key,
        title=" – ".join(dict.fromkeys(title for title in (need.title, seat.title) if title)),
        summary=need.summary,
        text="\n\n".join(part for part in (need.words, seat.mission) if part),
        themes=tuple(need.themes),
        skills=tuple(
            AskedSkill(asked.label, asked.skill.code if asked.skill else None, asked.level, is_must)
            for is_must, listed in ((True, seat.must), (False, seat.nice))
            for asked in listed
        ),
        families=(family,) if family else (),
        starts_on=max(seat.starts_on, as_of) if seat.starts_on else None,
        ends_on=seat.ends_on,
        share_pct=seat.share_pct,
        statuses=tuple(seat.statuses),
        clearance=seat.clearance,
        seniority_years=seat.seniority_years,
        town=seat.town or need.town,
        remote_days=seat.remote_days,
    )
