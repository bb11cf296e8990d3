"""What shows the skills of the demo's people, and what the agency found of some of them."""

from datetime import date, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.assessments.models import Method
from talentpool.assessments.services import AssessmentContent, assess_skill
from talentpool.db import db
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.models import Talent, TalentSkill

#: One person in so many shows a skill by an experience, by a link, by a line; one in so many was assessed.
BY_EXPERIENCE, BY_LINK, BY_LINE, ASSESSED = 3, 7, 5, 4
LINES = (
    "Service en ligne depuis deux ans, tenu à deux.",
    "Présenté à trois journées techniques, supports publiés.",
    "Contributions acceptées dans un logiciel libre.",
)
#: How somebody was assessed, at how many levels from what they claim, and what they are told of it.
FOUND = (
    (Method.EXERCISE, 0, "Vous avez repris un code inconnu en une heure, et expliqué vos choix."),
    (Method.INTERVIEW, 0, "Vos réponses vont au fond, avec des exemples que vous avez vécus."),
    (Method.WORK_SAMPLE, -1, "Travail solide ; il vous reste à le défendre devant une équipe."),
    (Method.MISSION, 0, "Votre précédente mission l’a montré, et son équipe le confirme."),
    (
        Method.REFERENCE,
        -1,
        "La personne appelée confirme l’essentiel, sur des projets plus petits.",
    ),
)
NOTE = "Grille de l’agence remplie le jour même."
#: One assessment in so many is old enough to be told.
OLD = 9


def seed_evidence(officer: Account, today: date) -> None:
    """Let people show some of their skills, and the agency have assessed some, months ago."""
    people = list(db.session.scalars(select(Talent).order_by(Talent.id)))
    for number, talent in enumerate(people):
        _show(talent, number)
        if number % ASSESSED == 1 and talent.skills:
            _assess(talent, number // ASSESSED, officer, today)


def _show(talent: Talent, number: int) -> None:
    skills = talent.skills
    if number % BY_EXPERIENCE == 0 and skills and talent.experiences:
        show_skill(skills[0], Evidence(experience=talent.experiences[0]), by=talent.account)
    if number % BY_LINE == 0 and len(skills) > 1:
        show_skill(skills[1], Evidence(LINES[number % len(LINES)]), by=talent.account)
    if number % BY_LINK == 1 and len(skills) > 1:
        link = f"https://travaux.example/{talent.code.lower()}"
        show_skill(skills[-1], Evidence(url=link), by=talent.account)


def _assess(talent: Talent, number: int, officer: Account, today: date) -> None:
    method, off, sentence = FOUND[number % len(FOUND)]
    years = timedelta(days=1500 if number % OLD == OLD - 1 else 20 + 11 * number % 300)
    for place, held in enumerate(talent.skills[: 1 + number % 2]):
        assess_skill(
            talent,
            _named(held),
            AssessmentContent(
                level=max(0, (2 if held.level is None else held.level) + off),
                method=method,
                assessed_on=today - years,
                sentence=sentence,
                note=NOTE if place == 0 else "",
            ),
            today=today,
            by=officer,
        )


def _named(held: TalentSkill) -> NamedSkill:
    return NamedSkill(held.label, held.skill)
