"""What the steps of a need share: limits counted in lines, and a version of each step's own."""

from dataclasses import fields, replace
from typing import Any, ClassVar

from wtforms import Form as PlainForm
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from talentpool.i18n import _
from talentpool.needs.services import NeedContent
from talentpool.web.forms import REQUIRED
from talentpool.web.forms import StepForm as PlainStep

#: A line of the calls for projects: what they count their limits in.
LINE = 100
CONTENT_FIELDS = frozenset(item.name for item in fields(NeedContent))


class Limit:
    """At most so many lines; what is stored already, and longer, may stay but not grow."""

    def __init__(self, lines: int) -> None:
        self.most = lines * LINE

    def __call__(self, form: PlainForm, field: Any) -> None:
        """Refuse a text that is longer than both the limit and what is stored."""
        stored = len(field.object_data) if isinstance(field.object_data, str) else 0
        if len(field.data or "") > max(self.most, stored):
            raise ValidationError(
                _("Ce texte est trop long : gardez l’essentiel, le reste se dira de vive voix.")
            )


class Needed:
    """Asked for before the agency receives the need; a draft may be saved without it."""

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse to empty what the agency has received."""
        if not field.data and not form.is_draft:
            raise ValidationError(REQUIRED)


def words(label: str, hint: str, *, lines: int, needed: bool = False) -> Any:
    """Make a field for a text with a limit in lines, counted live by words.js."""
    return TextAreaField(
        label,
        [*([Needed()] if needed else []), Limit(lines)],
        description=hint,
        render_kw={"rows": min(lines + 1, 12), "data-tp-limit": str(lines * LINE)},
    )


class StepForm(PlainStep):
    """One step of a need."""

    is_draft = True
    #: The fields for which the writer prefers what a colleague has saved.
    theirs: frozenset[str] = frozenset()

    def content(self, saved: NeedContent) -> NeedContent:
        """Return what was typed, except what the writer left to others; the rest comes from `saved`."""
        return replace(saved, **self.said(saved))

    def said(self, saved: NeedContent) -> dict[str, Any]:
        """Return the typed answers that replace what is stored."""
        return {
            name: value
            for name, value in self.values().items()
            if name in CONTENT_FIELDS and name not in self.theirs
        }
