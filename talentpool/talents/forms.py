"""The shape of a profile as people type it."""

from collections import Counter
from dataclasses import replace
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from talentpool.i18n import _, named
from talentpool.skills.held import NamedSkill, SkillNames, notation, unless_untouched
from talentpool.skills.rows import HeldSkillRow, SkillRows, SkillRowsField, held_rows, level_of
from talentpool.talents.models import (
    LONGEST_PROFILE_TEXT,
    EmploymentStatus,
    PoolStatus,
    Talent,
)
from talentpool.talents.services import ProfileContent, content_of
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


class ProfileForm(EditForm):
    """Everything that a profile says."""

    display_name = StringField(
        _("Prénom et nom"),
        [DataRequired(REQUIRED), Length(max=120)],
        description=_("L’agence les masque tant que vous n’êtes pas présélectionné."),
    )
    headline = StringField(
        _("Ce que vous faites, en une ligne"),
        [DataRequired(REQUIRED), Length(max=300)],
        description=_("Par exemple : développement web et cartographie."),
    )
    families = MultiCheckboxField(_("Familles de métiers"))
    skills = SkillRowsField(HeldSkillRow, max_entries=60)
    other_skills = LinesField(
        _("Autres compétences"),
        max_length=120,
        description=_("Une par ligne, si la liste ne les propose pas."),
    )
    experience = LinesField(
        _("Expériences"),
        max_length=LONGEST_PROFILE_TEXT,
        description=_("Une par ligne : ce que vous avez fait, où, avec quoi."),
    )
    text = TextAreaField(
        _("Présentation"),
        [Optional(), Length(max=LONGEST_PROFILE_TEXT)],
        description=_("Parcours, ce qui vous intéresse, ce que vous cherchez."),
        render_kw={"rows": 8},
    )
    wishes = LinesField(
        _("Thèmes souhaités"), description=_("Un par ligne, par exemple : santé, justice.")
    )
    town = StringField(_("Ville où vous pouvez travailler"), [Optional(), Length(max=120)])
    remote_days = OptionalIntegerField(
        _("Jours de télétravail souhaités par semaine"),
        [Optional(), NumberRange(0, 5, _("Indiquez un nombre de 0 à 5."))],
    )
    available_from = DateField(_("Disponible à partir du"), [Optional()])
    share_pct = ShareField(_("Part de temps plein souhaitée (en %)"), [Optional()])
    employment_status = SelectField(_("Statut"), choices=STATUSES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = SkillRows()
        self._rows.name(self.skills)
        self.families.choices = choices(
            (family.code, named(family)) for family in self._rows.families
        )

    def offer_rows(self, *, more: bool = False) -> None:
        """Prepare the skill rows for showing."""
        self._rows.offer(self.skills, more=more)

    def content(self, saved: ProfileContent) -> ProfileContent:
        """Return what was typed, with what this form does not show kept from `saved`."""
        names = SkillNames()
        codes = set(self.families.data or [])
        rows = [
            NamedSkill(skill.label_fr, skill, level_of(row), row["wants_growth"])
            for skill, row in self._rows.chosen(self.skills)
        ]
        others = [names.named(label) for label in self.other_skills.data]
        status = self.employment_status.data
        return ProfileContent(
            display_name=self.display_name.data or "",
            headline=self.headline.data or "",
            families=[family for family in self._rows.families if family.code in codes],
            unknown_families=saved.unknown_families,
            skills=unless_untouched([*rows, *others], saved.skills),
            experience=self.experience.data,
            text=self.text.data or "",
            wishes=self.wishes.data,
            town=self.town.data or "",
            remote_days=self.remote_days.data,
            available_from=self.available_from.data,
            share_pct=self.share_pct.data,
            employment_status=EmploymentStatus(status) if status else None,
            pool_status=saved.pool_status,
        )


class StaffProfileForm(ProfileForm):
    """A profile as the agency edits it."""

    display_name = StringField(_("Prénom et nom"), [Optional(), Length(max=120)])
    pool_status = SelectField(
        _("Situation"), choices=choices((status.value, status.label) for status in PoolStatus)
    )

    def content(self, saved: ProfileContent) -> ProfileContent:
        """Return what was typed, the person's standing with the agency included."""
        content = super().content(saved)
        if "pool_status" not in self:
            return content
        return replace(content, pool_status=PoolStatus(self.pool_status.data))


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


def filled(form: type[ProfileForm], talent: Talent, *, formdata: Any = None) -> ProfileForm:
    """Open a form on a stored profile, or on what was just typed over it."""
    content = content_of(talent)
    given = {} if formdata is not None else {"formdata": None}
    data = {
        **vars(content),
        "families": [family.code for family in content.families],
        "skills": held_rows(content.skills),
        "other_skills": [
            notation(named.label, named.level, named.wants_growth)
            for named in content.skills
            if named.skill is None
        ],
        "employment_status": content.employment_status or "",
        "version": str(talent.version_id),
    }
    opened = form(data=data, **given)
    is_applying = talent.pool_status is PoolStatus.CANDIDATE and talent.account_id is not None
    if is_applying and "pool_status" in opened:
        # Whoever applies enters the pool by a decision on their application, and no other way.
        del opened.pool_status
    return opened
