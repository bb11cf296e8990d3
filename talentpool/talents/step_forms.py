"""The shape of each step of a profile as people type it."""

from dataclasses import fields, replace
from typing import Any, ClassVar

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from talentpool.i18n import _, date_in_figures, named, translated
from talentpool.organisations.queries import ministries
from talentpool.skills.queries import families
from talentpool.talents.availability import first_overlap
from talentpool.talents.clearances import Clearance
from talentpool.talents.forms import STATUSES
from talentpool.talents.languages import LANGUAGES
from talentpool.talents.models import LONGEST_PROFILE_TEXT, EmploymentStatus
from talentpool.talents.services import ProfileContent
from talentpool.talents.skills_form import SkillsPart, typed_skills
from talentpool.talents.step_rows import EducationRow, LanguageRow, PeriodRow, RowsField
from talentpool.talents.values import (
    LanguageLevel,
    PeriodKind,
    ProjectKind,
    Spoken,
    Stretch,
    Studied,
)
from talentpool.web.fields import LinesField, MultiCheckboxField, OptionalIntegerField, choices
from talentpool.web.forms import REQUIRED, StepForm

CONTENT_FIELDS = frozenset(item.name for item in fields(ProfileContent))
FIRST_DAY_MISSING = _("Indiquez le premier jour, ou videz la ligne.")
OVERLAP = _(
    "Cette période en recouvre une autre, qui commence le %(day)s : changez l’une des deux."
)


class Asked:
    """Asked of whoever writes their own profile; the agency may not know it."""

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse an empty answer."""
        if not field.data and not form.is_staff:
            raise ValidationError(REQUIRED)


class ProfileStep(StepForm):
    """One step of a profile."""

    #: Whether somebody of the agency fills it in.
    is_staff = False

    def content(self, saved: ProfileContent) -> ProfileContent:
        """Return what was typed, with what this step does not show kept from `saved`."""
        return replace(saved, **self.said(saved))

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the typed answers that replace what is stored."""
        return {name: value for name, value in self.values().items() if name in CONTENT_FIELDS}


class IdentityForm(ProfileStep):
    """Who one is, and what one does."""

    display_name = StringField(
        _("Prénom et nom"),
        [Asked(), Length(max=120)],
        description=_("Masqués jusqu’à une présélection par l’agence."),
    )
    headline = StringField(
        _("Ce que vous faites, en une ligne"),
        [DataRequired(REQUIRED), Length(max=300)],
        description=_("Par exemple : développement web et cartographie."),
    )
    families = MultiCheckboxField(_("Familles de métiers"))
    seniority_years = OptionalIntegerField(
        _("Années d’expérience"),
        [Optional(), NumberRange(0, 60, _("Indiquez un nombre de 0 à 60."))],
        description=_("Dans votre métier d’aujourd’hui, en années entières."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._families = families()
        self.families.choices = choices((family.code, named(family)) for family in self._families)

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the answers, with families as rows of the referential."""
        codes = set(self.families.data or [])
        chosen = [family for family in self._families if family.code in codes]
        return {**super().said(saved), "families": chosen}


class SkillsForm(SkillsPart, ProfileStep):
    """What one can do."""

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the skills of the rows and of the lines."""
        return {"skills": self.held(saved)}


class EducationForm(ProfileStep):
    """What one studied."""

    education = RowsField(EducationRow, _("Diplômes et formations"), max_entries=20)

    def offer_rows(self, *, more: bool = False) -> None:
        """Show an empty row at least, and more when asked."""
        self.education.offer(1, more=more)

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the rows that name something."""
        return {"education": [Studied(**row) for row in self.education.data if row["title"]]}


class LanguagesForm(ProfileStep):
    """What one speaks."""

    languages = RowsField(LanguageRow, _("Langues"), max_entries=20)

    def offer_rows(self, *, more: bool = False) -> None:
        """Show two empty rows at least, and more when asked."""
        self.languages.offer(2, more=more)
        for row in self.languages:
            kept = row.form.code.data
            if kept and kept not in LANGUAGES:
                # A code that is no longer of the list stays until somebody chooses another.
                row.form.code.choices = [*row.form.code.choices, *choices([(kept, kept)])]

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return each language once, an unknown code only when it is stored."""
        known = LANGUAGES.keys() | {one.code for one in saved.languages}
        spoken: dict[str, Spoken] = {}
        for row in self.languages.data:
            if row["code"] in known:
                level = LanguageLevel(row["level"]) if row["level"] else None
                spoken.setdefault(row["code"], Spoken(row["code"], level))
        return {"languages": list(spoken.values())}


class PlaceForm(ProfileStep):
    """Where one works."""

    town = StringField(
        _("Ville où vous pouvez travailler"),
        [Optional(), Length(max=120)],
        description=_("Par exemple : Lyon. Elle reste masquée avec votre nom."),
    )
    other_towns = LinesField(
        _("Autres villes possibles"),
        max_lines=20,
        max_length=120,
        description=_("Une par ligne."),
    )
    remote_days = OptionalIntegerField(
        _("Jours de télétravail souhaités par semaine"),
        [Optional(), NumberRange(0, 5, _("Indiquez un nombre de 0 à 5."))],
        description=_("De 0, tout sur place, à 5, tout à distance."),
    )


class AvailabilityForm(ProfileStep):
    """When one is free, and for which share of full time."""

    periods = RowsField(
        PeriodRow,
        _("Périodes"),
        max_entries=20,
        description=_(
            "Sans fin connue, laissez « Jusqu’au » vide. Une absence n’a pas de part de temps."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each row, then rows against each other."""
        return bool(super().validate(extra_validators)) and self._fit()

    def _fit(self) -> bool:
        told = self._told()
        for row in told:
            if row.starts_on.data is None and not self._is_share_alone(told):
                return self._refuse(row, FIRST_DAY_MISSING)
        found = first_overlap([_stretch(row) for row in told if row.starts_on.data])
        if found is None:
            return True
        place, earlier = found
        return self._refuse(
            told[place], translated(OVERLAP, day=date_in_figures(earlier.starts_on))
        )

    def _refuse(self, row: Any, message: str) -> bool:
        row.starts_on.errors = [message]
        self.periods.errors = [*self.periods.errors, row.errors]
        return False

    def _told(self) -> list[Any]:
        """List the rows that say something."""
        rows = (entry.form for entry in self.periods)
        return [
            row
            for row in rows
            if row.starts_on.data or row.ends_on.data or row.share_pct.data is not None
        ]

    @staticmethod
    def _is_share_alone(told: list[Any]) -> bool:
        """Whether somebody says how much they would work, and not when yet."""
        return len(told) == 1 and told[0].kind.data == PeriodKind.FREE and not told[0].ends_on.data

    def offer_rows(self, *, more: bool = False) -> None:
        """Show one empty row, and more when asked: most people need one."""
        self.periods.offer(0 if self._told() else 1, more=more)

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the periods; without any, the share that was told alone."""
        told = self._told()
        periods = [_stretch(row) for row in told if row.starts_on.data]
        if periods:
            return {"periods": sorted(periods, key=lambda one: one.starts_on)}
        share = told[0].share_pct.data if told else None
        return {"periods": [], "available_from": None, "share_pct": share}


def _stretch(row: Any) -> Stretch:
    kind = PeriodKind(row.kind.data)
    share = row.share_pct.data if kind is PeriodKind.FREE else None
    return Stretch(kind, row.starts_on.data, row.ends_on.data, share)


class StatusForm(ProfileStep):
    """Under which status one works, and which secrets one may read."""

    employment_status = SelectField(_("Statut"), choices=STATUSES)
    clearances = MultiCheckboxField(
        _("Habilitation en cours de validité"),
        choices=choices((level.value, level.label) for level in Clearance),
        description=_("L’agence seule la lit : aucune administration ne la voit."),
    )

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the answers; codes that the form does not offer stay."""
        status = self.employment_status.data
        others = [code for code in saved.clearances if code not in set(Clearance)]
        return {
            "employment_status": EmploymentStatus(status) if status else None,
            "clearances": [*(self.clearances.data or []), *others],
        }


class PresentationForm(ProfileStep):
    """What one says of oneself."""

    text = TextAreaField(
        _("Présentation"),
        [Optional(), Length(max=LONGEST_PROFILE_TEXT)],
        description=_("Votre parcours, ce qui vous intéresse, ce que vous cherchez."),
        render_kw={"rows": 10},
    )


class WishesForm(ProfileStep):
    """What one would rather do."""

    wishes = LinesField(
        _("Thèmes souhaités"), description=_("Un par ligne, par exemple : santé, justice.")
    )
    wished_kinds = MultiCheckboxField(
        _("Ce que vous aimeriez faire"),
        choices=choices((kind.value, kind.label) for kind in ProjectKind),
    )
    wished_organisations = MultiCheckboxField(
        _("Ministères où vous iriez volontiers"),
        coerce=int,
        description=_("Aucune case cochée : peu importe."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ministries = ministries()
        self.wished_organisations.choices = choices(
            (ministry.id, ministry.label) for ministry in self._ministries
        )

    def said(self, saved: ProfileContent) -> dict[str, Any]:
        """Return the answers, with organisations as rows; those that the form does not offer stay."""
        chosen = set(self.wished_organisations.data or [])
        others = [one for one in saved.wished_organisations if one not in self._ministries]
        hosts = [one for one in self._ministries if one.id in chosen]
        wished = sorted([*hosts, *others], key=lambda one: one.id)
        return {**super().said(saved), "wished_organisations": wished}


def filled_step(
    form: type[ProfileStep], content: ProfileContent, *, is_staff: bool, formdata: Any = None
) -> ProfileStep:
    """Open a step on what a profile says, or on what was just typed over it."""
    data = {
        **vars(content),
        **typed_skills(content),
        "families": [family.code for family in content.families],
        "languages": [vars(one) for one in content.languages],
        "education": [vars(one) for one in content.education],
        "periods": _period_rows(content),
        "employment_status": content.employment_status or "",
        "wished_organisations": [one.id for one in content.wished_organisations],
    }
    opened = form(data=data, **({} if formdata is not None else {"formdata": None}))
    opened.is_staff = is_staff
    if formdata is None:
        opened.version.data = opened.fingerprint
    return opened


def _period_rows(content: ProfileContent) -> list[dict[str, Any]]:
    """Return the rows that show when somebody is free: one, in the simple case."""
    if content.periods:
        return [vars(one) for one in content.periods]
    if content.available_from is None and content.share_pct is None:
        return []
    return [
        {
            "kind": PeriodKind.FREE,
            "starts_on": content.available_from,
            "share_pct": content.share_pct,
        }
    ]
