"""Rows in which people choose skills, one per line, without a script."""

from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value

from talentpool.i18n import _, named
from talentpool.skills import queries
from talentpool.skills.held import NamedSkill
from talentpool.skills.models import Skill
from talentpool.web.fields import choices

BLANK_ROWS = 3
LEVELS = choices(
    [
        ("0", _("0 – notions")),
        ("1", _("1 – débutant")),
        ("2", _("2 – autonome")),
        ("3", _("3 – confirmé")),
        ("4", _("4 – référent")),
    ],
    empty=_("Niveau inconnu"),
)


class HeldSkillRow(Form):
    """A skill that somebody has."""

    skill = SelectField(_("Compétence"), choices=[], validate_choice=False)
    level = SelectField(_("Niveau"), choices=LEVELS)
    wants_growth = BooleanField(_("Envie de progresser"))


class AskedSkillRow(Form):
    """A skill that a seat asks for."""

    skill = SelectField(_("Compétence"), choices=[], validate_choice=False)
    importance = SelectField(
        _("Importance"), choices=choices([("nice", _("Souhaitée")), ("must", _("Indispensable"))])
    )
    level = SelectField(_("Niveau"), choices=LEVELS)


class SkillRowsField(FieldList):
    """The rows of a form: up to `max_entries`, or as many as are stored already."""

    max_entries: int

    def __init__(self, row: type[Form], *, max_entries: int, **kwargs: Any) -> None:
        super().__init__(FormField(row), _("Compétences"), max_entries=max_entries, **kwargs)

    @property
    def room(self) -> int:
        """How many rows may still be added."""
        return max(0, self.max_entries - len(self))

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the rows that are stored, all of them, or those that were typed over them."""
        if data is not unset_value:
            self.max_entries = max(self.max_entries, len(data or ()))
        super().process(formdata, data, extra_filters)


class SkillRows:
    """The skills on offer for the rows of one form, read once."""

    def __init__(self) -> None:
        self.families = queries.families()
        self.by_code: dict[str, Skill] = {
            skill.code: skill for family in self.families for skill in family.skills
        }

    def offer(self, rows: SkillRowsField, *, more: bool) -> None:
        """Add blank rows for what is still to be said, as far as there is room; name the choices."""
        blank = sum(1 for row in rows if not row.form.skill.data)
        wanted = max(0, BLANK_ROWS - blank) + (BLANK_ROWS if more else 0)
        for _row in range(min(wanted, rows.room)):
            rows.append_entry({})
        self.name(rows)

    def name(self, rows: FieldList) -> None:
        """Give each row the choices by which its skill is called."""
        for row in rows:
            row.form.skill.choices = self._choices(kept=row.form.skill.data)

    def chosen(self, rows: FieldList) -> list[tuple[Skill, dict[str, Any]]]:
        """Return the rows in which a skill was chosen; an unknown code is no choice."""
        return [
            (self.by_code[row.form.skill.data], row.form.data)
            for row in rows
            if row.form.skill.data in self.by_code
        ]

    def _choices(self, kept: str | None) -> list[SelectChoice]:
        offered = [SelectChoice("", _("Choisir une compétence"))]
        for family in self.families:
            offered += [
                SelectChoice(skill.code, named(skill), optgroup=named(family))
                for skill in family.skills
                if not skill.is_retired or skill.code == kept
            ]
        return offered


def level_of(data: dict[str, Any]) -> int | None:
    """Return the level chosen in a row, None when it is unknown."""
    return int(data["level"]) if data.get("level") else None


def held_rows(skills: list[NamedSkill]) -> list[dict[str, Any]]:
    """Return the rows that show these skills; those in people's own words are shown elsewhere."""
    return [
        {
            "skill": named.skill.code,
            "level": "" if named.level is None else str(named.level),
            "wants_growth": named.wants_growth,
        }
        for named in skills
        if named.skill is not None
    ]


def asked_rows(must: list[NamedSkill], nice: list[NamedSkill]) -> list[dict[str, Any]]:
    """Return the rows that show what a seat asks for, musts first."""
    asked = [*(("must", skill) for skill in must), *(("nice", skill) for skill in nice)]
    return [
        {
            "skill": skill.skill.code,
            "importance": importance,
            "level": "" if skill.level is None else str(skill.level),
        }
        for importance, skill in asked
        if skill.skill is not None
    ]
