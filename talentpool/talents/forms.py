"""The shape of a profile as the agency types it, on one page."""

from collections import Counter
from dataclasses import replace
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from talentpool.i18n import _, named
from talentpool.talents.models import (
    LONGEST_PROFILE_TEXT,
    EmploymentStatus,
    PoolStatus,
    Talent,
)
from talentpool.talents.services import ProfileContent, content_of
from talentpool.talents.skills_form import SkillsPart, typed_skills
from talentpool.web.fields import (
    DateField,
    LinesField,
    MultiCheckboxField,
    OptionalIntegerField,
    ShareField,
    choices,
)
from talentpool.web.forms import REQUIRED, EditForm

STATUSES = choices(((s.value, s.label) for s in EmploymentStatus), empty=_("Non précisé"))


class StaffProfileForm(SkillsPart, EditForm):
    """What the agency most often knows of somebody; the other parts have pages of their own."""

    display_name = StringField(_("Prénom et nom"), [Optional(), Length(max=120)])
    headline = StringField(
        _("Ce que fait cette personne, en une ligne"),
        [DataRequired(REQUIRED), Length(max=300)],
        description=_("Par exemple : développement web et cartographie."),
    )
    families = MultiCheckboxField(_("Familles de métiers"))
    text = TextAreaField(
        _("Présentation"),
        [Optional(), Length(max=LONGEST_PROFILE_TEXT)],
        description=_("Parcours, ce qui intéresse la personne, ce qu’elle cherche."),
        render_kw={"rows": 8},
    )
    wishes = LinesField(
        _("Thèmes souhaités"), description=_("Un par ligne, par exemple : santé, justice.")
    )
    town = StringField(_("Ville où la personne peut travailler"), [Optional(), Length(max=120)])
    remote_days = OptionalIntegerField(
        _("Jours de télétravail souhaités par semaine"),
        [Optional(), NumberRange(0, 5, _("Indiquez un nombre de 0 à 5."))],
    )
    available_from = DateField(
        _("Disponible à partir du"),
        [Optional()],
        description=_(
            "S’il y a plusieurs périodes, une autre date les remplace ; les absences restent."
        ),
    )
    share_pct = ShareField(_("Part de temps plein souhaitée (en %)"), [Optional()])
    employment_status = SelectField(_("Statut"), choices=STATUSES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families.choices = choices(
            (family.code, named(family)) for family in self.skill_rows.families
        )

    def content(self, saved: ProfileContent) -> ProfileContent:
        """Return what was typed, with what this form does not show kept from `saved`."""
        codes = set(self.families.data or [])
        status = self.employment_status.data
        return replace(
            saved,
            display_name=self.display_name.data or "",
            headline=self.headline.data or "",
            families=[family for family in self.skill_rows.families if family.code in codes],
            skills=self.held(saved),
            text=self.text.data or "",
            wishes=self.wishes.data,
            town=self.town.data or "",
            remote_days=self.remote_days.data,
            available_from=self.available_from.data,
            share_pct=self.share_pct.data,
            employment_status=EmploymentStatus(status) if status else None,
        )


class NewProfileForm(StaffProfileForm):
    """A profile that the agency enters: its experiences come as lines, and it says where the person stands.

    Later on, each experience has a page that keeps its parts, and where the person stands is an act.
    """

    pool_status = SelectField(
        _("Situation"), choices=choices((status.value, status.label) for status in PoolStatus)
    )
    experience = LinesField(
        _("Expériences"),
        max_length=LONGEST_PROFILE_TEXT,
        description=_("Une par ligne : ce qui a été fait, où, avec quoi."),
    )

    def content(self, saved: ProfileContent) -> ProfileContent:
        """Return what was typed."""
        return replace(
            super().content(saved),
            experience=self.experience.data,
            pool_status=PoolStatus(self.pool_status.data),
        )


def person_choices(people: list[Talent]) -> list[SelectChoice]:
    """Return the choices of a field that names somebody; a code tells namesakes apart, and nobody else."""
    names = Counter(talent.label for talent in people)
    return choices(
        (
            (
                talent.id,
                talent.label if names[talent.label] == 1 else f"{talent.label} ({talent.code})",
            )
            for talent in people
        ),
        empty=_("Choisir une personne"),
    )


def filled(talent: Talent, *, formdata: Any = None) -> StaffProfileForm:
    """Open the form on a stored profile, or on what was just typed over it."""
    content = content_of(talent)
    given = {} if formdata is not None else {"formdata": None}
    data = {
        **vars(content),
        **typed_skills(content),
        "families": [family.code for family in content.families],
        "employment_status": content.employment_status or "",
        "version": str(talent.version_id),
    }
    return StaffProfileForm(data=data, **given)
