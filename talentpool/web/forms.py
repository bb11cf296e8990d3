"""Forms: the base of every form, saves that notice an earlier save, and how a form is answered."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, HiddenField

from talentpool.i18n import _, translated

UNTOUCHED = {"csrf_token", "version", "submit"}


def _tidy(value: Any) -> Any:
    # Browsers send each end of line as two characters.
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form of the product: strings arrive stripped, names and messages are translated when shown."""

    class Meta(FlaskForm.Meta):
        """WTForms' settings for every form."""

        locales: ClassVar[list[str]] = ["fr"]

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Strip what people type around their words, and end lines as files do."""
            filters = list(unbound_field.kwargs.get("filters", []))
            if unbound_field.field_class.__name__ in {"StringField", "TextAreaField", "EmailField"}:
                filters.insert(0, _tidy)
            return unbound_field.bind(form=form, filters=filters, **options)

    def values(self) -> dict[str, Any]:
        """Return what was entered, by field name, without the form's own machinery."""
        return {name: value for name, value in self.data.items() if name not in UNTOUCHED}


@dataclass(frozen=True)
class Difference:
    """One field that two people filled differently."""

    label: str
    saved: str
    typed: str
    name: str = ""


class EditForm(Form):
    """A form on a versioned row: it knows which version was on the screen when the person began."""

    version = HiddenField()
    differences: Sequence[Difference] = ()

    def overtakes(self, row: Any, saved: "EditForm") -> bool:
        """Tell whether somebody saved something else since this form was opened, and note what differs.

        `saved` is the same form filled from the row as it stands. The form's version is then brought
        up to date: saving again keeps what was typed, knowingly.
        """
        if str(row.version_id) == (self.version.data or ""):
            return False
        self.differences = [
            Difference(field.label.text, shown(saved[field.name]), shown(field), field.name)
            for field in self
            if field.name not in UNTOUCHED and shown(saved[field.name]) != shown(field)
        ]
        self.version.data = str(row.version_id)
        self.version.raw_data = None
        return bool(self.differences)


@dataclass(frozen=True)
class _Said:
    version_id: str


class StepForm(EditForm):
    """One step of something written in several; its version is what its own answers say.

    So two people on two steps never disturb each other.
    """

    @property
    def fingerprint(self) -> str:
        """What this step says, in so few characters that a hidden field carries it."""
        said = {name: value for name, value in self.data.items() if name not in UNTOUCHED}
        text = json.dumps(said, default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def overtaken_by(self, saved: "StepForm") -> bool:
        """Tell whether somebody saved this very step since it was opened, and note what differs."""
        return self.overtakes(_Said(saved.fingerprint), saved)

    def offer_rows(self, *, more: bool = False) -> None:
        """Prepare rows for showing, where a step has some."""


def shown(field: Field) -> str:
    """Write a field's value as a person would read it."""
    if isinstance(field, FormField) and not next(iter(field)).data:
        # A row in which nothing was chosen says nothing, whatever its other fields start with.
        return "–"
    if isinstance(field, FieldList | FormField):
        parts = (shown(part) for part in field if part.data)
        return ", ".join(part for part in parts if part != "–") or "–"
    if field.data is None or field.data in ("", []):
        return "–"
    if isinstance(field.data, bool):
        return translated(_("oui") if field.data else _("non"))
    chosen = field.data if isinstance(field.data, list) else [field.data]
    labels = {
        str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or []
    }
    return ", ".join(translated(labels.get(str(value), str(value))) for value in chosen) or "–"


def render_form(template: str, form: Form, **context: Any) -> ResponseReturnValue:
    """Show a form; one that was refused answers 422, one overtaken by another save 409."""
    conflict = bool(getattr(form, "differences", None))
    status = 409 if conflict else 422 if form.errors else 200
    return render_template(template, form=form, **context), status


REQUIRED = _("Ce champ est obligatoire.")
