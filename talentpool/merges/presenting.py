"""Two records side by side, and what a merge of them would say."""

from typing import Any

from talentpool.i18n import _, date_in_figures, named, translated
from talentpool.merges.forms import BOTH, MERGED, Compared
from talentpool.merges.services import OrganisationContent
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation
from talentpool.skills.held import NamedSkill, notation, once_each
from talentpool.talents.clearances import clearance_label
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, content_of
from talentpool.talents.values import Spoken, Stretch, Studied, project_kind_label

LABELS = {
    "display_name": _("Prénom et nom"),
    "headline": _("Fonction"),
    "families": _("Familles de métiers"),
    "unknown_families": _("Familles inconnues du référentiel"),
    "skills": _("Compétences"),
    "experience": _("Expériences"),
    "text": _("Présentation"),
    "wishes": _("Thèmes souhaités"),
    "wished_kinds": _("Projets souhaités"),
    "wished_organisations": _("Ministères souhaités"),
    "languages": _("Langues"),
    "education": _("Formation"),
    "seniority_years": _("Années d’expérience"),
    "town": _("Ville"),
    "other_towns": _("Autres villes possibles"),
    "remote_days": _("Jours de télétravail"),
    "available_from": _("Disponible à partir du"),
    "share_pct": _("Part de temps plein"),
    "periods": _("Périodes et absences"),
    "employment_status": _("Statut"),
    "clearances": _("Habilitation"),
    "pool_status": _("Situation"),
}
SINCE = _("%(name)s, depuis le %(start)s")
BETWEEN = _("%(name)s, du %(start)s au %(end)s")
TOGETHER = (
    *("families", "unknown_families", "skills", "experience", "text", "wishes", "wished_kinds"),
    *("wished_organisations", "languages", "education", "other_towns", "clearances"),
)
#: How the codes of some parts are called.
CODED = {
    "clearances": clearance_label,
    "wished_kinds": project_kind_label,
}


def compared_talents(kept: Talent, merged: Talent) -> list[Compared]:
    """Compare what two profiles say, thing by thing."""
    first, second = content_of(kept), content_of(merged)
    return [
        Compared(
            name,
            label,
            _lines(name, getattr(first, name)),
            _lines(name, getattr(second, name)),
            can_be_both=name in TOGETHER,
        )
        for name, label in LABELS.items()
    ]


def _lines(name: str, value: Any) -> list[str]:
    """Write what a profile says of one thing, line by line."""
    if value in (None, "", []):
        return []
    if name in CODED:
        return [translated(CODED[name](code)) for code in value]
    return [_line(part) for part in (value if isinstance(value, list) else [value])]


def _line(value: Any) -> str:
    if isinstance(value, NamedSkill):
        return notation(value.label, value.level, value.wants_growth)
    if hasattr(value, "isoformat"):
        return date_in_figures(value)
    if isinstance(value, Spoken | Studied | Stretch):
        return value.label
    if hasattr(value, "label"):
        return translated(value.label)
    return named(value) or str(value)


def content_of_both(kept: Talent, merged: Talent, choice: dict[str, str]) -> ProfileContent:
    """Return what the profile that stands for both will say."""
    first, second = content_of(kept), content_of(merged)
    return ProfileContent(
        **{
            name: _said(getattr(first, name), getattr(second, name), choice[name])
            for name in LABELS
        }
    )


def _said(kept: Any, merged: Any, choice: str) -> Any:
    if choice == MERGED:
        return merged
    if choice != BOTH:
        return kept
    if isinstance(kept, str):
        return "\n\n".join(part for part in dict.fromkeys((kept, merged)) if part)
    both = [*kept, *merged]
    if any(isinstance(part, NamedSkill) for part in both):
        # Whoever gave a level knew more of it.
        return once_each(sorted(both, key=lambda skill: skill.level is None))
    if any(isinstance(part, Spoken) for part in both):
        levelled = sorted(both, key=lambda spoken: spoken.level is None)
        return list({one.code: one for one in reversed(levelled)}.values())[::-1]
    return list(dict.fromkeys(both))


def compared_organisations(kept: Organisation, merged: Organisation) -> list[Compared]:
    """Compare what two records say of an organisation."""
    return [
        Compared("names", _("Noms, par période"), _names(kept), _names(merged)),
        Compared("kind", _("Nature"), _lines("kind", kept.kind), _lines("kind", merged.kind)),
        Compared("parent", _("Rattachée à"), _parent(kept), _parent(merged)),
    ]


def _names(organisation: Organisation) -> list[str]:
    return [
        translated(
            SINCE if name.valid_to is None else BETWEEN,
            name=named(name),
            start=date_in_figures(name.valid_from),
            end=date_in_figures(name.valid_to),
        )
        for name in organisation.names
    ]


def _parent(organisation: Organisation) -> list[str]:
    return [organisation.parent.label] if organisation.parent else []


def organisation_of_both(
    kept: Organisation, merged: Organisation, choice: dict[str, str]
) -> OrganisationContent:
    """Return what the organisation that stands for both will say."""
    by = {name: merged if whose == MERGED else kept for name, whose in choice.items()}
    return OrganisationContent(
        kind=OrganisationKind(by["kind"].kind), parent=by["parent"].parent, names_of=by["names"]
    )
