"""Reading organisations."""

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from talentpool.db import db
from talentpool.naming import folded, words_to_find
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation


def organisations() -> Select[Organisation]:
    """Select the organisations by code, with their names; aliases of merged records are left out."""
    return (
        select(Organisation)
        .where(Organisation.merged_into_id.is_(None))
        .options(selectinload(Organisation.names))
        .order_by(Organisation.code)
    )


def organisations_named(search: str) -> Select[Organisation]:
    """Select organisations one of whose names, past or present, has every word of `search`."""
    words = words_to_find(search)
    found = [
        organisation.id
        for organisation in db.session.scalars(organisations())
        if any(words and all(word in name for word in words) for name in _names(organisation))
    ]
    return organisations().where(Organisation.id.in_(found))


def _names(organisation: Organisation) -> list[str]:
    """List every folded name that means an organisation: code, aliases, names past and present."""
    named = (part for n in organisation.names for part in (n.label_fr, n.label_en, n.short_label))
    return [folded(name) for name in (organisation.code, *organisation.aliases, *named) if name]


def organisation_choices() -> list[tuple[int, str]]:
    """List number and present name of every organisation, by name."""
    return sorted(
        ((found.id, found.label) for found in db.session.scalars(organisations())),
        key=lambda choice: folded(choice[1]),
    )


def ministries() -> list[Organisation]:
    """List the ministries of today by name."""
    found = db.session.scalars(
        organisations().where(Organisation.kind == OrganisationKind.MINISTRY)
    )
    return sorted(found, key=lambda ministry: folded(ministry.label))


def organisations_by_name() -> dict[str, Organisation]:
    """Map each folded code, name and alias, past or present, to its organisation."""
    return {
        name: organisation
        for organisation in db.session.scalars(organisations())
        for name in _names(organisation)
    }
