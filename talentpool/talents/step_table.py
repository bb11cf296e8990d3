"""The steps of a profile: the one table from which its page, its steps and its meter are made."""

from dataclasses import dataclass

from talentpool.i18n import _
from talentpool.talents.step_forms import (
    AvailabilityForm,
    EducationForm,
    IdentityForm,
    LanguagesForm,
    PlaceForm,
    PresentationForm,
    ProfileStep,
    SkillsForm,
    StatusForm,
    WishesForm,
)


@dataclass(frozen=True)
class Step:
    """One step: its place in addresses, its words, its form; experiences have pages of their own."""

    code: str
    title: str
    intro: str
    form: type[ProfileStep] | None


EXPERIENCES = "experiences"
STEPS = (
    Step(
        "identite",
        _("Identité et fonction"),
        _("La ligne que l’on lit en premier, et les métiers parmi lesquels on vous cherche."),
        IdentityForm,
    ),
    Step(
        "competences",
        _("Compétences"),
        _("Celles que vous voulez employer. Un niveau laissé vide ne vous coûte rien."),
        SkillsForm,
    ),
    Step(
        EXPERIENCES,
        _("Expériences"),
        _("Ce que vous avez fait, où, avec quoi : le classement lit chaque mot."),
        None,
    ),
    Step(
        "formation",
        _("Formation"),
        _("Aucun classement ne la lit, et une administration ne la voit pas avant votre nom."),
        EducationForm,
    ),
    Step(
        "langues",
        _("Langues"),
        _("Celles dans lesquelles vous pourriez travailler, français compris."),
        LanguagesForm,
    ),
    Step(
        "lieu",
        _("Lieu et mobilité"),
        _("Où vous pouvez venir, et combien de jours vous travailleriez à distance."),
        PlaceForm,
    ),
    Step(
        "disponibilites",
        _("Disponibilités"),
        _(
            "Une seule ligne suffit le plus souvent : le premier jour, et votre part de temps. "
            "Ajoutez une absence si elle dure huit semaines ou plus."
        ),
        AvailabilityForm,
    ),
    Step(
        "statut",
        _("Statut et habilitation"),
        _("Sous quel statut vous travailleriez."),
        StatusForm,
    ),
    Step(
        "presentation",
        _("Présentation"),
        _("Dans vos mots. Une administration n’en lit rien sans votre accord."),
        PresentationForm,
    ),
    Step(
        "souhaits",
        _("Souhaits"),
        _("Ils orientent les propositions et ne ferment aucune porte."),
        WishesForm,
    ),
)
FIRST = STEPS[0]


def step_named(code: str) -> Step | None:
    """Find a step by its code in an address."""
    return next((step for step in STEPS if step.code == code), None)


def step_after(step: Step) -> Step | None:
    """Return the next step; None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None
