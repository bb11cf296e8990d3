"""Needs in and out of files."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.needs import queries, services
from talentpool.needs.models import LONGEST_NEED_TEXT, LONGEST_SUMMARY, Need
from talentpool.needs.seat_records import SeatReader, seat_record
from talentpool.needs.stages import NeedStatus
from talentpool.organisations.queries import organisations_by_name
from talentpool.skills.held import FAMILY_HEADERS
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

SKILL_HEADERS = ("compétences", "compétence", "compétence(s)", "compétence souhaitée", "nice")
COLUMNS = Columns(
    [
        Column("id", _("Identifiant"), ("identifier", "external_id"), required=True),
        Column("source", _("Provenance"), ()),
        Column("title", _("Nom du besoin"), ("titre", "intitulé"), required=True),
        Column("summary", _("Résumé"), ("en une phrase",)),
        Column("organisation", _("Administration porteuse"), ("ministère", "organization")),
        Column("families", _("Familles de métiers"), FAMILY_HEADERS, kind="list"),
        Column("themes", _("Thèmes"), ("thème", "thème(s)"), kind="list"),
        Column("text", _("Texte"), ("description", "problème")),
        Column("beneficiaries", _("Bénéficiaires"), ("usagers",)),
        Column("solution", _("Piste de solution"), ("solution",)),
        Column("data_access", _("Données et accès"), ("données",)),
        Column("risks", _("Risques"), ("risque",)),
        Column("value", _("Valeur et objectifs"), ("objectifs",)),
        Column("exit_plan", _("Plan de sortie"), ("débouchés",)),
        Column("town", _("Ville"), ("city",)),
        Column("must", _("Compétences indispensables"), ("compétence indispensable",), kind="list"),
        Column("skills", _("Compétences souhaitées"), SKILL_HEADERS, kind="list"),
        Column("share_pct", _("Part de temps plein"), ("quotité", "share"), kind="share"),
        Column("starts_on", _("Début"), ("start",), kind="date"),
        Column("ends_on", _("Fin"), ("end",), kind="date"),
        Column("status", _("État"), ()),
        Column("is_public", _("Publié"), ("public",), kind="boolean"),
        Column("candidates_until", _("Candidatures jusqu’au"), (), kind="date"),
        Column("seats", _("Postes"), (), kind="records"),
    ]
)
LONG_TEXTS = (
    "text",
    "beneficiaries",
    "solution",
    "data_access",
    "risks",
    "value",
    "exit_plan",
)
LENGTHS = {
    "id": LONGEST_ID,
    "source": LONGEST_SOURCE,
    "title": 200,
    "summary": LONGEST_SUMMARY,
    **dict.fromkeys(LONG_TEXTS, LONGEST_NEED_TEXT),
    "town": 120,
}
#: What a form shows on one line each: these texts, and the items of these lists.
ON_ONE_LINE = ("title", "town", "families", "themes", "must", "skills")
UNKNOWN_HOST = _("Organisation inconnue, gardée telle quelle : « %(value)s ».")
UNKNOWN_STATUS = _("État inconnu, ignoré : « %(value)s ».")


class NeedImporter:
    """Stores rows of needs; identity is the source, the row's own or the file's, and the identifier.

    A need that the agency imports is one that it has taken on, unless its row says otherwise.
    """

    kind = "needs"
    columns = COLUMNS

    def __init__(self, *, source: str, by: Any) -> None:
        self._source = source
        self._by = by
        self._known = cache(queries.needs_by_external_id)
        self._hosts = organisations_by_name()
        self._seats = SeatReader()

    def identity(self, row: Row) -> tuple[str, str]:
        """Return the source and the identifier under which a row is stored."""
        return identity(row, self._source)

    def save(self, row: Row) -> str:
        """Store one good row; columns that the file does not have stay as they were."""
        row.straighten(*ON_ONE_LINE)
        for name, limit in LENGTHS.items():
            row.cut(name, limit)
        source, number = self.identity(row)
        values = row.values
        known = self._known(source)
        need = known.get(number)
        before = services.content_of(need) if need else services.NeedContent()
        content = replace(before, **self._given(row, values))
        if need is None:
            known[number] = self._created(row, source, number, content, values)
            return CREATED
        changed = bool(services.edit_need(need, content, by=self._by))
        changed |= self._save_seats(row, need, values)
        return UPDATED if changed else UNCHANGED

    def _created(
        self,
        row: Row,
        source: str,
        number: str,
        content: services.NeedContent,
        values: dict[str, Any],
    ) -> Need:
        need = services.create_need(
            content,
            by=self._by,
            source=source,
            external_id=number,
            entered_by_agency=True,
            status=self._status(row, values),
        )
        for seat in self._seats.seats(row, values, need.seats):
            services.add_seat(need, seat, by=self._by)
        return need

    def _save_seats(self, row: Row, need: Need, values: dict[str, Any]) -> bool:
        """Bring the need's seats in line with the row, place by place; none is ever removed."""
        changed = False
        stored = list(need.seats)
        for place, content in enumerate(self._seats.seats(row, values, stored)):
            if place >= len(stored):
                services.add_seat(need, content, by=self._by)
                changed = True
            else:
                changed |= bool(services.edit_seat(stored[place], content, by=self._by))
        return changed

    def _given(self, row: Row, values: dict[str, Any]) -> dict[str, Any]:
        given: dict[str, Any] = {
            name: values[name]
            for name in ("title", "summary", "themes", "town", "candidates_until", *LONG_TEXTS)
            if name in values
        }
        if values.get("is_public") is not None:
            given["is_public"] = values["is_public"]
        if "organisation" in values:
            label = values["organisation"]
            host = self._hosts.get(folded(label)) if label else None
            given["organisation"] = host
            given["organisation_as_given"] = "" if host else label
            if label and host is None:
                row.warn("organisation", UNKNOWN_HOST, value=label[:80])
        return given

    def _status(self, row: Row, values: dict[str, Any]) -> NeedStatus:
        label = values.get("status") or ""
        by_name = {folded(n): s for s in NeedStatus for n in (s.value, s.label)}
        if label and folded(label) not in by_name:
            row.warn("status", UNKNOWN_STATUS, value=label[:80])
        return by_name.get(folded(label), NeedStatus.APPROVED)


def need_rows(needs: list[Need]) -> Iterator[dict[str, Any]]:
    """Yield the rows that importing reads back to the same needs."""
    for need in needs:
        yield {
            "id": need.external_id,
            "source": need.source,
            "title": need.title,
            "summary": need.summary,
            "organisation": need.organisation.code
            if need.organisation
            else need.organisation_as_given,
            "families": list(
                dict.fromkeys(
                    seat.family.label_fr if seat.family else seat.family_as_given
                    for seat in need.seats
                    if seat.family or seat.family_as_given
                )
            ),
            "themes": need.themes,
            **{name: getattr(need, name) for name in LONG_TEXTS},
            "town": need.town,
            "status": need.status.value,
            "is_public": need.is_public,
            "candidates_until": need.candidates_until,
            "seats": [seat_record(seat) for seat in need.seats],
        }
