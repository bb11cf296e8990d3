"""What people are told about their data."""

from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _, date_in_figures
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify
from talentpool.privacy.models import DataRequest, RetentionNotice

ASKED = "privacy.asked"
ANSWERED = "privacy.answered"
UNREACHABLE = "privacy.unreachable"

register(
    ASKED,
    subject=_("Demande sur des données : répondre avant le %(limit)s"),
    sentence=_(
        "Le compte %(code)s a fait une demande sur ses données. La réponse est promise avant le %(limit)s."
    ),
)
register(
    ANSWERED,
    subject=_("Une réponse à votre demande sur vos données"),
    sentence=_("L’administration a répondu à votre demande sur vos données."),
)
register(
    UNREACHABLE,
    subject=_("%(code)s : joindre cette personne avant l’effacement de son profil"),
    sentence=_(
        "%(code)s n’a plus donné signe, et nous n’avons pas son adresse. Sans contact, son profil sera "
        "effacé le %(day)s : appelez-la, et notez l’appel ; sinon, il n’y a rien à faire."
    ),
)


def tell_asked(request: DataRequest) -> None:
    """Tell whoever answers what people ask about their data, with the day promised."""
    team = select(Account).where(Account.role == Role.ADMINISTRATOR, Account.is_active)
    for administrator in db.session.scalars(team.order_by(Account.id)):
        notify(
            administrator,
            kind=ASKED,
            params={"code": request.asker, "limit": date_in_figures(request.due_on)},
            url_path=f"/donnees/demandes/{request.id}",
            once=f"{ASKED}:{request.id}",
            due_on=request.due_on,
            subject=request,
        )


def tell_unreachable(notice: RetentionNotice) -> None:
    """Tell the agency of somebody who could not be told that time is nearly up."""
    if notice.talent is None:
        return
    team = select(Account).where(Account.role == Role.AGENCY_STAFF, Account.is_active)
    for officer in db.session.scalars(team.order_by(Account.id)):
        notify(
            officer,
            kind=UNREACHABLE,
            params={"code": notice.talent.code, "day": f"{notice.erase_on:%d/%m/%Y}"},
            url_path=f"/talents/{notice.talent.id}",
            once=f"{UNREACHABLE}:{notice.id}",
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
