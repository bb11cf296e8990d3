"""Telling people of messages, questions and answers; the words themselves stay on the site."""

from talentpool.accounts.models import Account
from talentpool.i18n import _
from talentpool.needs.notices import tell
from talentpool.needs.people import Party, people_of
from talentpool.notifications.kinds import Group, register
from talentpool.threads.models import NeedMessage, NeedQuestion

TO_HOST, TO_AGENCY = "need.message_to_host", "need.message_to_agency"
ASKED, ANSWERED = "question.asked", "question.answered"

register(
    TO_HOST,
    group=Group.MESSAGES,
    subject=_("À lire : un message de l’agence sur « %(need)s »"),
    sentence=_("L’agence vous écrit au sujet de votre besoin « %(need)s »."),
)
register(
    TO_AGENCY,
    group=Group.MESSAGES,
    subject=_("À lire : un message sur « %(need)s » (%(host)s)"),
    sentence=_("Message au sujet du besoin « %(need)s », de : %(host)s."),
)
register(
    ASKED,
    group=Group.QUESTIONS,
    subject=_("À répondre : une question sur « %(need)s »"),
    sentence=_(
        "Quelqu’un pose une question sur le besoin « %(need)s ». Votre réponse sera lue de toutes "
        "les personnes qui peuvent lire le besoin."
    ),
)
register(
    ANSWERED,
    group=Group.QUESTIONS,
    subject=_("Réponse à votre question sur « %(need)s »"),
    sentence=_("Votre question sur le besoin « %(need)s » a reçu une réponse."),
)


def tell_message(message: NeedMessage, *, by: Account | None) -> None:
    """Tell the other side that there is a message."""
    reader = message.party.other
    kind = TO_HOST if reader is Party.HOST else TO_AGENCY
    once = f"need.message:{message.id}"
    people = people_of(message.need, reader)
    tell(people, message.need, kind, once=once, by=by, place="/messages")


def tell_asked(question: NeedQuestion, *, by: Account | None) -> None:
    """Tell the ministry, or the agency where it has nobody, that a question waits."""
    need = question.need
    people = people_of(need, Party.HOST) or people_of(need, Party.AGENCY)
    once = f"question.asked:{question.id}"
    tell(people, need, ASKED, once=once, by=by, place="/questions")


def tell_answered(question: NeedQuestion, *, by: Account | None) -> None:
    """Tell whoever asked that there is an answer, as long as the need can be read."""
    asker = question.asker_account
    if asker is not None and asker.is_active and question.need.is_published:
        once = f"question.answered:{question.id}"
        tell([asker], question.need, ANSWERED, once=once, by=by, place="/questions")
