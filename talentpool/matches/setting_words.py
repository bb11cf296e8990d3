"""Settings and their effects in words."""

from typing import Any

from matching import Mode
from talentpool.i18n import _, chosen_locale, translated
from talentpool.matches.presenting import CRITERIA, part_label, skill_names
from talentpool.matches.settings import (
    DEFAULT_FACTOR,
    DEFAULT_MODES,
    MODES,
    SLIDERS,
    BadSetting,
    Setting,
)
from talentpool.matches.trials import Move


def setting_in_words(written: dict[str, Any]) -> list[str]:
    """Say what a kept setting changes, one phrase for each change; nothing of the default."""
    try:
        setting = Setting.from_json(written)
    except BadSetting:
        return [translated(_("réglage d’une version antérieure"))]
    said = [
        translated(_("%(slider)s : %(factor)d %%"), slider=translated(label), factor=factor)
        for slider, (_parameter, label) in SLIDERS.items()
        if (factor := setting.factor(slider)) != DEFAULT_FACTOR
    ]
    said += [
        translated(
            _("%(criterion)s : %(mode)s"),
            criterion=translated(CRITERIA[name]),
            mode=translated(MODES[Mode(mode)]).lower(),
        )
        for name, default in DEFAULT_MODES.items()
        if (mode := setting.mode(name)) != default
    ]
    if setting.mode("skills") != Mode.OFF and setting.required_skills:
        said.append(", ".join(setting.required_skills))
    return said


def cause(move: Move) -> str:
    """Say which part changed most, and what weighs it; nothing of who did not move."""
    if not move.label:
        return translated(_("d’autres profils changent davantage")) if move.places else ""
    label = translated(part_label(move.kind, move.label, skill_names()))
    points = _number(f"{move.points:+}").replace("-", "−")
    if move.slider:
        return translated(
            _("%(slider)s ×%(factor)s : %(points)s points pour « %(label)s »"),
            slider=translated(SLIDERS[move.slider][1]).lower(),
            factor=_number(f"{move.factor.normalize():f}"),
            points=points,
            label=label,
        )
    return translated(_("%(points)s points pour « %(label)s »"), points=points, label=label)


def _number(text: str) -> str:
    return text.replace(".", ",") if chosen_locale() == "fr" else text
