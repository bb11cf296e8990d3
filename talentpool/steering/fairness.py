"""Who got what: by ministry, and in Île-de-France or elsewhere."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from talentpool.naming import folded
from talentpool.needs.models import NeedSeat
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation
from talentpool.placements.ledger import FULL_TIME
from talentpool.steering.facts import Facts

#: Towns of Île-de-France in which administrations sit. Towns are typed freely: one that is not here
#: counts as outside, so add what is missing.
ILE_DE_FRANCE = (
    "Paris",
    "Antony",
    "Arcueil",
    "Aubervilliers",
    "Bagneux",
    "Bagnolet",
    "Bobigny",
    "Boulogne-Billancourt",
    "Cergy",
    "Champs-sur-Marne",
    "Charenton-le-Pont",
    "Courbevoie",
    "Créteil",
    "Évry",
    "Évry-Courcouronnes",
    "Fontainebleau",
    "Fontenay-sous-Bois",
    "Gentilly",
    "Issy-les-Moulineaux",
    "Ivry-sur-Seine",
    "La Défense",
    "Le Kremlin-Bicêtre",
    "Maisons-Alfort",
    "Malakoff",
    "Marne-la-Vallée",
    "Meaux",
    "Melun",
    "Montreuil",
    "Montrouge",
    "Nanterre",
    "Noisy-le-Grand",
    "Pantin",
    "Pierrefitte-sur-Seine",
    "Pontoise",
    "Puteaux",
    "Rosny-sous-Bois",
    "Saclay",
    "Saint-Denis",
    "Saint-Germain-en-Laye",
    "Saint-Mandé",
    "Saint-Maurice",
    "Vanves",
    "Versailles",
    "Villejuif",
    "Vincennes",
)
_FOLDED = {folded(town) for town in ILE_DE_FRANCE}
#: Under so many, a percentage would say more than is known.
FEWEST = 5


@dataclass
class Portion:
    """What one host, or one region, has: FTE placed today, open seats, seats ever filled."""

    placed: Decimal = Decimal(0)
    open_seats: int = 0
    filled_seats: int = 0

    @property
    def has_nothing(self) -> bool:
        """Whether nobody works there and no seat was ever filled."""
        return not self.placed and not self.filled_seats


@dataclass(frozen=True)
class Region:
    """What seats in or outside Île-de-France have; None when their towns are not known.

    `percent` is the part of the filled seats of known towns, None under five of them.
    """

    is_ile_de_france: bool | None
    portion: Portion
    percent: Fraction | None


def is_in_ile_de_france(seat: NeedSeat) -> bool | None:
    """Tell where a seat is, by its town or its need's; None when neither is known."""
    town = seat.town or seat.need.town
    return folded(town) in _FOLDED if town else None


def by_host(facts: Facts) -> list[tuple[Organisation | str, Portion]]:
    """List ministries, asking or not, and other heads of hosts, with what they and those below have.

    Those that have nothing come first, those with most open seats before others.
    """
    found: dict[Organisation | str, Portion] = defaultdict(Portion)
    for organisation in facts.organisations:
        is_head = organisation.parent_id is None
        if is_head and organisation.kind is OrganisationKind.MINISTRY:
            found[organisation] = Portion()
    _fill(facts, lambda seat: found[facts.host_of(seat.need)])
    return sorted(
        found.items(),
        key=lambda pair: (not pair[1].has_nothing, -pair[1].open_seats, -pair[1].placed),
    )


def by_region(facts: Facts) -> list[Region]:
    """Return what Île-de-France has, what is elsewhere, and what nobody knows the town of, if anything."""
    found: dict[bool | None, Portion] = {True: Portion(), False: Portion(), None: Portion()}
    _fill(facts, lambda seat: found[is_in_ile_de_france(seat)])
    known = found[True].filled_seats + found[False].filled_seats
    return [
        Region(
            place,
            portion,
            Fraction(100 * portion.filled_seats, known)
            if known >= FEWEST and place is not None
            else None,
        )
        for place, portion in found.items()
        if place is not None or portion != Portion()
    ]


def _fill(facts: Facts, portion_of: Callable[[NeedSeat], Portion]) -> None:
    for seat in facts.open_seats:
        portion_of(seat).open_seats += 1
    for seat in facts.filled_seats:
        portion_of(seat).filled_seats += 1
    for placement in facts.placements:
        if placement.starts_on <= facts.today <= placement.ends_on:
            portion_of(placement.seat).placed += placement.share_pct / FULL_TIME
