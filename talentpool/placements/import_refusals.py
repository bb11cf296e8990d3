"""What keeps a row of an agency's spreadsheet out, and the column and words that say so."""

from talentpool.i18n import _
from talentpool.placements.contracts import NoShare
from talentpool.placements.ledger import ContractsOverlap, PoolOverbooked, Refused
from talentpool.placements.services import EndsTooEarly, SeatNotApproved, ShareKept, WrongMoment
from talentpool.placements.wording import BREACHES, FITS_ON, figure
from talentpool.proposals.reach import ProcessingLimited
from talentpool.proposals.services import SeatPromised
from talentpool.proposals.wording import LIMITED
from talentpool.tabular.reading import Row

CLOSED_SEAT = _(
    "Le besoin de cette mission n’est pas retenu, ou son poste est clos ou promis à quelqu’un."
)
OVER = _("Ce placement est déjà fini ou interrompu : il ne se change plus par un fichier.")
WHERE_AND_WHY: dict[type[Exception], tuple[str, str]] = {
    NoShare: ("share_from", _("La part doit valoir à partir d’un jour du contrat.")),
    SeatNotApproved: ("mission", CLOSED_SEAT),
    SeatPromised: ("mission", CLOSED_SEAT),
    WrongMoment: ("mission_to", OVER),
    EndsTooEarly: ("mission_to", OVER),
    ShareKept: (
        "mission_share",
        _("Cette mission a commencé : sa part ne change que par un renouvellement."),
    ),
    ProcessingLimited: ("id", LIMITED),
}
REFUSALS: tuple[type[Exception], ...] = (Refused, *WHERE_AND_WHY)


def explain(row: Row, refused: Exception) -> None:
    """Say beside a column why a row stays out."""
    if not isinstance(refused, Refused):
        row.find(*WHERE_AND_WHY[type(refused)])
        return
    is_contract = isinstance(refused, PoolOverbooked | ContractsOverlap)
    column = "contract_from" if is_contract else "mission_from"
    day = f"{refused.day:%d/%m/%Y}"
    row.find(column, BREACHES[type(refused)], {"by": figure(refused.by), "day": day})
    if refused.fits_on is not None:
        row.warn(column, FITS_ON, day=f"{refused.fits_on:%d/%m/%Y}")
