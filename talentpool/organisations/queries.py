"""Reading organisations."""

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from talentpool.db import db
from talentpool.naming import folded
from talentpool.organisations.models import Organisation, OrganisationName


def organisations() -> Select[Organisation]:
    """Select the organisations by code, with their names."""
    return (
        select(Organisation).options(selectinload(Organisation.names)).order_by(Organisation.code)
    )


def organisations_named(search: str) -> Select[Organisation]:
    """Select organisations one of whose names, past or present, contains `search` literally."""
    named = select(OrganisationName.organisation_id).where(
        OrganisationName.label_fr.icontains(search, autoescape=True)
        | OrganisationName.label_en.icontains(search, autoescape=True)
        | OrganisationName.short_label.icontains(search, autoescape=True)
    )
    return organisations().where(
        Organisation.id.in_(named) | Organisation.code.icontains(search, autoescape=True)
    )


def organisation_choices() -> list[tuple[int, str]]:
    """List number and present name of every organisation, by name."""
    return sorted(
        ((found.id, found.label) for found in db.session.scalars(organisations())),
        key=lambda choice: folded(choice[1]),
    )


def organisations_by_name() -> dict[str, Organisation]:
    """Map each folded code, name and alias, past or present, to its organisation."""
    return {
        folded(name): organisation
        for organisation in db.session.scalars(organisations())
        for name in (
            organisation.code,
            *organisation.aliases,
            *(part for n in organisation.names for part in (n.label_fr, n.label_en, n.short_label)),
        )
        if name
    }
