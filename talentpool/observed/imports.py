"""Observed missions from files."""

from collections import defaultdict
from functools import cache
from hashlib import sha256
from typing import Any

from talentpool.db import db
from talentpool.i18n import _
from talentpool.observed import queries
from talentpool.observed.models import ObservedMission
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.importing import CREATED, LONGEST_SOURCE, UNCHANGED, UPDATED
from talentpool.tabular.reading import Row

COLUMNS = Columns(
    [
        Column("talent", _("Personne"), ("person",), required=True),
        Column("source", _("Provenance"), ()),
        Column("family", _("Famille de métiers"), ("famille",)),
        Column("starts_on", _("Début"), ("start",), kind="date", required=True),
        Column("ends_on", _("Fin"), ("end",), kind="date"),
        Column("status", _("Statut"), ()),
        Column("products", _("Produits"), ("produit", "produit(s)"), kind="list"),
    ]
)
LENGTHS = {"talent": 120, "source": LONGEST_SOURCE, "family": 120, "status": 40}
ENDS_FIRST = _("La fin précède le début : elle est laissée inconnue.")


class ObservedMissionImporter:
    """Stores rows of missions; identity is the source, and what person, first day and products make.

    Missions are the journal's as one import, not one by one: nothing else ever changes them.
    """

    kind = "missions"
    columns = COLUMNS

    def __init__(self, *, source: str, by: Any) -> None:
        self._source = source
        self._known = cache(queries.missions_by_external_id)
        self._lines: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def identity(self, row: Row) -> tuple[str, str]:
        """Return the source, the row's own or the file's, and the fingerprint of what it says.

        Rows that say the same are missions of their own, in the file's order: nothing is refused, and
        the file sent again finds each of them.
        """
        values = row.values
        source = values.get("source") or self._source
        said = (values["talent"], values["starts_on"].isoformat())
        said += tuple(_products(values.get("products")))
        lines = self._lines[(source, *said)]
        if row.line not in lines:
            lines.append(row.line)
        place = lines.index(row.line)
        marked = "\n".join((*said, f"#{place}") if place else said)
        return source[:LONGEST_SOURCE], sha256(marked.encode()).hexdigest()

    def save(self, row: Row) -> str:
        """Store one good row; columns that the file does not have stay as they were."""
        source, fingerprint = self.identity(row)
        row.straighten("talent", "family", "status")
        for name, limit in LENGTHS.items():
            row.cut(name, limit)
        known = self._known(source)
        mission = known.get(fingerprint)
        if mission is None:
            given = self._given(row)
            known[fingerprint] = ObservedMission(source=source, external_id=fingerprint, **given)
            db.session.add(known[fingerprint])
            return CREATED
        changed = {
            name: value
            for name, value in self._given(row).items()
            if getattr(mission, name) != value
        }
        for name, value in changed.items():
            setattr(mission, name, value)
        return UPDATED if changed else UNCHANGED

    def _given(self, row: Row) -> dict[str, Any]:
        values = row.values
        names = ("talent", "family", "starts_on", "ends_on", "status")
        given = {name: values[name] for name in names if name in values}
        if "products" in values:
            given["products"] = _products(values["products"])
        if given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            row.warn("ends_on", ENDS_FIRST)
            given["ends_on"] = None
        return given


def _products(items: list[str] | None) -> list[str]:
    """List products once each; in a table's cell spaces part them too."""
    return list(dict.fromkeys(product for item in items or () for product in item.split()))
