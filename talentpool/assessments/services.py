"""Assessing a skill, and taking an assessment back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from talentpool.accounts.models import Account
from talentpool.assessments.models import Method, SkillAssessment
from talentpool.db import db, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent

MADE = "assessment.made"
WITHDRAWN = "assessment.withdrawn"
OWN_PAGE = "/mon-profil/evaluations"

register(
    MADE,
    subject=_("À lire : l’agence a évalué votre compétence « %(skill)s »"),
    sentence=_(
        "L’agence a évalué votre compétence « %(skill)s ». Votre profil montre ce que vous déclarez "
        "et ce qu’elle a évalué, l’un à côté de l’autre."
    ),
)
register(
    WITHDRAWN,
    subject=_("L’agence a retiré son évaluation de « %(skill)s »"),
    sentence=_(
        "L’agence a retiré son évaluation de votre compétence « %(skill)s » : elle ne compte plus."
    ),
)


class SkillUnknown(Exception):
    """A skill is of the referential, or one that the person says in their own words."""


class NotYet(Exception):
    """Nothing is assessed on a day to come."""


class AssessmentAlreadyWithdrawn(Exception):
    """The assessment was taken back before."""


class ReasonMissing(Exception):
    """An assessment is taken back for a reason."""


@dataclass(frozen=True)
class AssessmentContent:
    """All that an assessment says; `note` is for the agency, `sentence` for the person."""

    level: int
    method: Method
    assessed_on: date
    sentence: str = ""
    note: str = ""


def assess_skill(
    talent: Talent,
    named: NamedSkill,
    content: AssessmentContent,
    *,
    today: date,
    by: Account | None,
) -> SkillAssessment:
    """Note at which level the agency found a skill of somebody's, and tell them.

    What the person claims stays as they said it. The same said twice by one person is noted once.
    Raises `SkillUnknown`, `NotYet`.
    """
    skill = _as_known(talent, named)
    if content.assessed_on > today:
        raise NotYet
    # A second click waits, and then sees the first.
    db.session.flush()
    db.session.execute(select(Talent.id).where(Talent.id == talent.id).with_for_update())
    if (same := _same(talent, skill, content, by)) is not None:
        return same
    made = SkillAssessment(
        talent=talent,
        skill=skill.skill,
        label=skill.label,
        assessed_by_id=by.id if by else None,
        **vars(content),
    )
    db.session.add(made)
    db.session.flush()
    _touch(talent)
    journal.record(
        MADE,
        made,
        by=by,
        talent=talent.id,
        skill=made.skill_id,
        level=made.level,
        method=made.method.value,
    )
    _tell(made, MADE)
    return made


def _same(
    talent: Talent, skill: NamedSkill, content: AssessmentContent, by: Account | None
) -> SkillAssessment | None:
    """Return what says the same already, to the word, unless it was taken back."""
    found = select(SkillAssessment).filter_by(
        talent_id=talent.id,
        skill_id=skill.skill.id if skill.skill else None,
        label=skill.label,
        assessed_by_id=by.id if by else None,
        withdrawn_at=None,
        **vars(content),
    )
    return db.session.scalar(found.limit(1))


def _as_known(talent: Talent, named: NamedSkill) -> NamedSkill:
    """Return a skill of the referential, or one that the person holds, as they hold it."""
    if named.skill is not None:
        return named
    for held in talent.skills:
        if folded(held.label) == folded(named.label):
            return NamedSkill(held.label, held.skill)
    raise SkillUnknown


def withdraw_assessment(assessment: SkillAssessment, *, reason: str, by: Account | None) -> None:
    """Take an assessment back: it stays on record, and counts no more.

    Raises `ReasonMissing`, `AssessmentAlreadyWithdrawn`.
    """
    if not reason.strip():
        raise ReasonMissing
    db.session.refresh(assessment, with_for_update=True)
    if assessment.is_withdrawn:
        raise AssessmentAlreadyWithdrawn
    assessment.withdrawn_at, assessment.withdrawal_reason = now(), reason.strip()
    assessment.withdrawn_by_id = by.id if by else None
    _touch(assessment.talent)
    journal.record(WITHDRAWN, assessment, by=by, talent=assessment.talent_id)
    _tell(assessment, WITHDRAWN)


def _touch(talent: Talent) -> None:
    """Have rankings read the person again; what the person typed is not overtaken by it."""
    db.session.flush()
    db.session.execute(
        update(Talent)
        .where(Talent.id == talent.id)
        .values(edited_at=now(), version_id=Talent.version_id)
    )


def _tell(assessment: SkillAssessment, kind: str) -> None:
    account = assessment.talent.account
    if account is not None:
        notify(
            account,
            kind=kind,
            params={"skill": assessment.label},
            url_path=OWN_PAGE,
            once=f"{kind}:{assessment.id}",
            subject=assessment,
        )
