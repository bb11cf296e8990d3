"""What people are told about their data."""

from talentpool.i18n import _
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify
from talentpool.privacy.models import DataRequest

ANSWERED = "privacy.answered"

register(
    ANSWERED,
    subject=_("Une réponse à votre demande sur vos données"),
    sentence=_("L’administration a répondu à votre demande sur vos données."),
)


def tell_answered(request: DataRequest) -> None:
    """Tell a person that their request has its answer."""
    notify(
        request.account,
        kind=ANSWERED,
        params={},
        url_path="/mes-donnees#demandes",
        once=f"{ANSWERED}:{request.id}",
    )
