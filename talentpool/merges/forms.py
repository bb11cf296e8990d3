"""The shape of a merge: for each thing that two records say differently, whose word stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, RadioField

from talentpool.i18n import _
from talentpool.web.fields import choices
from talentpool.web.forms import Form

KEPT, MERGED, BOTH = "kept", "merged", "both"
WORDS = {KEPT: _("Garder"), MERGED: _("Prendre"), BOTH: _("Garder les deux")}


@dataclass(frozen=True)
class Compared:
    """One thing that records say, as each of them says it, in lines; `name` is its field's."""

    name: str
    label: str
    kept: Sequence[str]
    merged: Sequence[str]
    can_be_both: bool = False

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return list(self.kept) == list(self.merged)

    @property
    def suggested(self) -> str:
        """What is chosen at first: nothing that only one of them says is lost."""
        if self.kept and self.merged and self.can_be_both:
            return BOTH
        return KEPT if self.kept else MERGED


def merge_form(compared: list[Compared]) -> Any:
    """Return a form with a choice for each thing that the records say differently."""
    fields: dict[str, Any] = {"versions": HiddenField()}
    for row in compared:
        if not row.is_same:
            offered = [KEPT, MERGED, BOTH] if row.can_be_both else [KEPT, MERGED]
            fields[row.name] = RadioField(
                row.label,
                choices=choices((value, WORDS[value]) for value in offered),
                default=row.suggested,
            )
    return type("MergeForm", (Form,), fields)


def chosen(form: Any, compared: list[Compared]) -> dict[str, str]:
    """Map each thing compared to whose word stands; where both say the same, the kept record's."""
    return {row.name: form[row.name].data if row.name in form else KEPT for row in compared}
