"""Profiles in and out of files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.skills.held import FAMILY_HEADERS, SkillNames, notation, once_each
from talentpool.skills.queries import families_by_name
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.importing import (
    CREATED,
    LONGEST_ID,
    LONGEST_SOURCE,
    UNCHANGED,
    UPDATED,
    identity,
)
from talentpool.tabular.reading import Row
from talentpool.talents import queries, services
from talentpool.talents.clearances import clearance_named
from talentpool.talents.evidence_records import evidence_records, read_evidence
from talentpool.talents.models import (
    LONGEST_PROFILE_TEXT,
    EmploymentStatus,
    PoolStatus,
    Talent,
)
from talentpool.talents.part_records import (
    period_records,
    read_periods,
    read_studies,
    study_records,
)
from talentpool.talents.values import PeriodKind, Spoken, spoken_named

WISH_HEADERS = ("souhaits", "souhait", "souhait(s)", "thème souhaité")
COLUMNS = Columns(
    [
        Column("id", _("Identifiant"), ("identifier", "external_id"), required=True),
        Column("source", _("Provenance"), ()),
        Column("name", _("Nom"), ("display_name", "Prénom et nom")),
        Column("headline", _("Fonction"), ("titre", "métier")),
        Column("families", _("Familles de métiers"), FAMILY_HEADERS, kind="list"),
        Column("skills", _("Compétences"), ("skill", "compétence", "compétence(s)"), kind="list"),
        Column("evidence", _("Preuves"), ("preuves des compétences",), kind="records"),
        Column("experience", _("Expériences"), ("expérience", "expérience(s)"), kind="list"),
        Column("education", _("Formation"), ("formations", "études"), kind="records"),
        Column("text", _("Présentation"), ("bio", "texte")),
        Column("wishes", _("Thèmes souhaités"), WISH_HEADERS, kind="list"),
        Column("town", _("Ville"), ("city",)),
        Column("other_towns", _("Autres villes"), ("mobilité",), kind="list"),
        Column("remote_days", _("Jours de télétravail"), ("télétravail",), kind="integer"),
        Column("available_from", _("Disponible à partir du"), ("disponibilité",), kind="date"),
        Column("share_pct", _("Part de temps plein"), ("quotité", "share"), kind="share"),
        Column("periods", _("Périodes"), ("périodes de disponibilité",), kind="records"),
        Column("languages", _("Langues"), ("langue", "langue(s)"), kind="list"),
        Column("seniority_years", _("Années d’expérience"), ("ancienneté",), kind="integer"),
        Column("clearances", _("Habilitations"), ("habilitation",), kind="list"),
        Column("status", _("Statut"), ("employment_status",)),
        Column("pool_status", _("Situation"), ()),
    ]
)
LENGTHS = {
    "id": LONGEST_ID,
    "source": LONGEST_SOURCE,
    "name": 120,
    "headline": 300,
    "text": LONGEST_PROFILE_TEXT,
    "town": 120,
}
#: What a form shows on one line each: these texts, and the items of these lists.
ON_ONE_LINE = (
    *("name", "headline", "town", "families", "skills", "experience", "wishes"),
    *("other_towns", "languages", "clearances"),
)
LONGEST_TOWN = 120
LONGEST_SKILL = 120
BOUNDS = (("share_pct", 10, 100), ("remote_days", 0, 5), ("seniority_years", 0, 60))
MERGED = _("Fiche fusionnée avec une autre, ligne ignorée : « %(value)s ».")
UNKNOWN_FAMILY = _("Famille inconnue, gardée telle quelle : « %(value)s ».")
UNKNOWN_SKILL = _("Compétence inconnue, gardée telle quelle : « %(value)s ».")
UNKNOWN_LANGUAGE = _("Langue inconnue, ignorée : « %(value)s ».")
NOT_ADMITTED = _(
    "Situation ignorée : « %(value)s ». Cette personne candidate avec son compte : elle entre au vivier "
    "par la décision de l’agence."
)
ALREADY_PLACED = _(
    "Situation ignorée : « %(value)s ». Aucun fichier ne fait entrer cette personne au vivier ni ne l’en "
    "sort : l’agence en décide depuis sa fiche."
)
UNKNOWN_STATUS = _("Valeur inconnue, ignorée : « %(value)s ».")


ERASED = _("Cette personne a été effacée, à sa demande ou avec le temps : ligne ignorée.")
#: Makes what tells whether a source and an identifier are somebody's who was erased; filled from above.
when_importing: list[Callable[[], Callable[[str, str], bool]]] = []


class ProfileImporter:
    """Stores rows of profiles; identity is the source, the row's own or the file's, and the identifier."""

    kind = "profiles"
    columns = COLUMNS

    def __init__(self, *, source: str, by: Any) -> None:
        self._source = source
        self._by = by
        self._known = cache(queries.talents_by_external_id)
        self._families = families_by_name()
        self._skills = SkillNames()
        self._erased = [make() for make in when_importing]

    def identity(self, row: Row) -> tuple[str, str]:
        """Return the source and the identifier under which a row is stored."""
        return identity(row, self._source)

    def save(self, row: Row) -> str:
        """Store one good row; columns that the file does not have stay as they were."""
        row.straighten(*ON_ONE_LINE)
        for name, limit in LENGTHS.items():
            row.cut(name, limit)
        source, number = self.identity(row)
        known = self._known(source)
        talent = known.get(number)
        if talent is not None and talent.merged_into_id is not None:
            row.warn("id", MERGED, value=number[:80])
            return UNCHANGED
        if talent is None and any(is_erased(source, number) for is_erased in self._erased):
            # The report is kept: it says nothing more of the person.
            row.warn("id", ERASED)
            return UNCHANGED
        if talent is not None:
            _leave_to_admission(row, talent)
        before = services.content_of(talent) if talent else services.ProfileContent()
        content = replace(before, **self._given(row, row.values))
        if talent is None:
            talent = known[number] = services.create_talent(
                content, by=self._by, source=source, external_id=number
            )
            self._read_evidence(row, talent)
            return CREATED
        edited = services.edit_talent(talent, content, by=self._by)
        return UPDATED if self._read_evidence(row, talent) or edited else UNCHANGED

    def _read_evidence(self, row: Row, talent: Talent) -> bool:
        if "evidence" not in row.values:
            return False
        return read_evidence(row, row.values["evidence"] or [], talent, by=self._by)

    def _given(self, row: Row, values: dict[str, Any]) -> dict[str, Any]:
        given: dict[str, Any] = {
            name: values[name]
            for name in ("headline", "experience", "text", "wishes", "town", "available_from")
            if name in values
        }
        if "name" in values:
            given["display_name"] = values["name"]
        for name, low, high in BOUNDS:
            if name in values and row.is_within(name, values[name], low, high):
                given[name] = values[name]
        for name, read in (
            ("other_towns", _towns),
            ("languages", _languages),
            ("clearances", _clearances),
        ):
            if name in values:
                given[name] = read(row, values[name])
        if "families" in values:
            given |= self._families_given(row, values["families"])
        if "skills" in values:
            given["skills"] = self._skills_given(row, values["skills"])
        return _with_parts(row, values, given) | self._standing_given(row, values)

    def _standing_given(self, row: Row, values: dict[str, Any]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        if "status" in values:
            status = _status(row, "status", values["status"], EmploymentStatus)
            given |= {"employment_status": status} if status or not values["status"] else {}
        if values.get("pool_status"):
            status = _status(row, "pool_status", values["pool_status"], PoolStatus)
            given |= {"pool_status": status} if status else {}
        return given

    def _families_given(self, row: Row, labels: list[str]) -> dict[str, Any]:
        found, unknown = {}, []
        for label in labels:
            family = self._families.get(folded(label))
            if family is None:
                unknown.append(label)
                row.warn("families", UNKNOWN_FAMILY, value=label[:80])
            else:
                found[family.id] = family
        ordered = sorted(found.values(), key=lambda family: family.position)
        return {"families": ordered, "unknown_families": unknown}

    def _skills_given(self, row: Row, labels: list[str]) -> list[Any]:
        skills = [self._skills.named(row.fit("skills", label, LONGEST_SKILL)) for label in labels]
        for skill in skills:
            if skill.skill is None:
                row.warn("skills", UNKNOWN_SKILL, value=skill.label[:80])
        return once_each(skills)


def _leave_to_admission(row: Row, talent: Talent) -> None:
    """Take out of a row where somebody who has an account stands: no file moves them without a word.

    Nor does one make a candidate of somebody who is in the pool: they were admitted, or entered as a member.
    """
    status, said = talent.pool_status, row.values.get("pool_status", "")
    is_demoted = not talent.is_outside_pool and _says(said, PoolStatus.CANDIDATE)
    if talent.account_id is None and not is_demoted:
        return
    row.values.pop("pool_status", None)
    if said and not _says(said, status):
        told = NOT_ADMITTED if status is PoolStatus.CANDIDATE else ALREADY_PLACED
        row.warn("pool_status", told, value=said[:80])


def _says(said: str, status: PoolStatus) -> bool:
    return folded(said) in {folded(status.value), folded(status.label)}


def _with_parts(row: Row, values: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return what a row gives with its studies and periods."""
    if "education" in values:
        given["education"] = read_studies(row, values["education"] or [])
    if "periods" in values:
        given["periods"] = read_periods(row, values["periods"] or [])
        if any(one.kind is PeriodKind.FREE for one in given["periods"]):
            # They say it all: a date beside them is their summary on the day of the export.
            given.pop("available_from", None)
            given.pop("share_pct", None)
    return given


def _towns(row: Row, names: list[str]) -> list[str]:
    return list(dict.fromkeys(row.fit("other_towns", town, LONGEST_TOWN) for town in names))


def _languages(row: Row, names: list[str]) -> list[Spoken]:
    """Recognise languages, each once; one that is none of the list is reported and left out."""
    spoken: dict[str, Spoken] = {}
    for name in names:
        found = spoken_named(name)
        if found is None:
            row.warn("languages", UNKNOWN_LANGUAGE, value=name[:80])
        else:
            spoken.setdefault(found.code, found)
    return list(spoken.values())


def _clearances(row: Row, names: list[str]) -> list[str]:
    """Recognise levels of secrecy; an unknown one is reported and left out."""
    codes = []
    for name in names:
        try:
            codes.append(clearance_named(name).value)
        except ValueError:
            row.warn("clearances", UNKNOWN_STATUS, value=name[:80])
    return list(dict.fromkeys(codes))


def _status(row: Row, name: str, value: str, kind: Any) -> Any:
    """Recognise a status by its code or its French label; an unknown one is reported and left out."""
    by_name = {folded(n): member for member in kind for n in (member.value, member.label)}
    member = by_name.get(folded(value))
    if value and member is None:
        row.warn(name, UNKNOWN_STATUS, value=value[:80])
    return member


def profile_rows(talents: list[Talent]) -> Iterator[dict[str, Any]]:
    """Yield the rows that importing reads back to the same profiles."""
    for talent in talents:
        yield {
            "id": talent.external_id,
            "source": talent.source,
            "name": talent.display_name,
            "headline": talent.headline,
            "families": [family.label_fr for family in talent.families] + talent.unknown_families,
            "skills": [
                notation(held.label, held.level, held.wants_growth) for held in talent.skills
            ],
            "evidence": evidence_records(talent),
            "experience": [experience.summary for experience in talent.experiences],
            "education": study_records(talent),
            "text": talent.text,
            "wishes": talent.wishes,
            "town": talent.town,
            "other_towns": talent.other_towns,
            "remote_days": talent.remote_days,
            "available_from": talent.available_from,
            "share_pct": talent.share_pct,
            "periods": period_records(talent),
            "languages": [held.value.notation for held in talent.languages],
            "seniority_years": talent.seniority_years,
            "clearances": talent.clearances,
            "status": talent.employment_status.value if talent.employment_status else "",
            "pool_status": talent.pool_status.value,
        }
