"""Telling each side of a need what the other did, and when a promised day has passed."""

from collections.abc import Iterable
from datetime import date

from talentpool.access import AGENCY, Permission, Role
from talentpool.accounts.models import Account
from talentpool.i18n import _, date_in_figures
from talentpool.needs import lifecycle
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.people import Party, people_of
from talentpool.needs.stages import MOVES, Move
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.tabular.limits import in_french

#: What each move expects of the other side, and what happened.
MOVED = {
    Move.SUBMIT: (
        _("À instruire : le besoin « %(need)s »"),
        _("Nouveau besoin « %(need)s », déposé par : %(host)s. Commencez l’instruction.%(said)s"),
    ),
    Move.TAKE_UP: (
        _("Rien à faire : l’agence examine « %(need)s »"),
        _("L’agence a commencé l’instruction de votre besoin « %(need)s ».%(said)s"),
    ),
    Move.ASK_COMPLEMENT: (
        _("À compléter : « %(need)s »"),
        _(
            "Pour répondre à votre besoin « %(need)s », l’agence vous demande un complément."
            "%(said)s Complétez le besoin, puis dites-le-lui."
        ),
    ),
    Move.COMPLETE: (
        _("À reprendre : « %(need)s » est complété"),
        _("%(host)s a complété le besoin « %(need)s » : l’instruction reprend.%(said)s"),
    ),
    Move.APPROVE: (
        _("Bonne nouvelle : « %(need)s » est retenu"),
        _(
            "L’agence a retenu votre besoin « %(need)s » : elle va chercher qui pourrait occuper "
            "les postes.%(said)s"
        ),
    ),
    Move.DECLINE: (
        _("Réponse de l’agence : « %(need)s » n’est pas retenu"),
        _("L’agence n’a pas retenu votre besoin « %(need)s » (raison : %(reason)s).%(said)s"),
    ),
    Move.SEARCH: (
        _("Rien à faire : la recherche commence pour « %(need)s »"),
        _("L’agence cherche maintenant des personnes pour votre besoin « %(need)s ».%(said)s"),
    ),
    Move.FILL: (
        _("Un poste est pourvu : « %(need)s »"),
        _(
            "Un poste de votre besoin « %(need)s » est pourvu. Préparez l’arrivée de la "
            "personne.%(said)s"
        ),
    ),
    Move.FREE: (
        _("Rien à faire : un poste est de nouveau à pourvoir, « %(need)s »"),
        _(
            "Un poste de votre besoin « %(need)s » est de nouveau à pourvoir : l’agence reprend "
            "la recherche.%(said)s"
        ),
    ),
    Move.CLOSE: (
        _("Rien à faire : « %(need)s » est clos"),
        _("L’agence a clos votre besoin « %(need)s ».%(said)s"),
    ),
    Move.WITHDRAW: (
        _("À arrêter : « %(need)s » est retiré"),
        _("%(host)s a retiré le besoin « %(need)s » (raison : %(reason)s).%(said)s"),
    ),
    Move.GIVE_UP: (
        _("Réponse de l’agence : « %(need)s » reste sans solution"),
        _(
            "L’agence n’a trouvé personne pour votre besoin « %(need)s » (raison : "
            "%(reason)s). Elle le garde dans le registre des besoins sans solution.%(said)s"
        ),
    ),
    Move.REOPEN: (
        _("Rien à faire : « %(need)s » est rouvert"),
        _("L’agence a rouvert votre besoin « %(need)s ».%(said)s"),
    ),
}
#: How one side reads of what the other did in its name: the agency enters what it hears by telephone.
ON_BEHALF = "need.moved_on_behalf"
DELAY, LATE_HOST, LATE_AGENCY = "need.delay", "need.late_host", "need.late_agency"
AWAITED_HOST, AWAITED_AGENCY = "need.awaited_host", "need.awaited_agency"


def kind_of(move: Move) -> str:
    """Return the code of what is told of a move."""
    return f"need.moved_{move.value}"


for _move, (_subject, _sentence) in MOVED.items():
    register(kind_of(_move), subject=_subject, sentence=_sentence, group=Group.NEEDS)
register(
    ON_BEHALF,
    group=Group.NEEDS,
    subject=_("À vérifier : l’agence a agi pour vous sur « %(need)s »"),
    sentence=_(
        "L’agence a noté pour vous, sur « %(need)s » : %(move)s.%(said)s Dites-lui si ce n’est "
        "pas juste."
    ),
)
register(
    DELAY,
    group=Group.NEEDS,
    subject=_("Nouvelle date, le %(limit)s : « %(need)s »"),
    sentence=_(
        "L’agence ne pourra pas vous répondre à la date promise pour « %(need)s ». Nouvelle "
        "date : le %(limit)s.%(said)s"
    ),
)
register(
    LATE_HOST,
    group=Group.NEEDS,
    subject=_("Rien à faire : nous sommes en retard sur « %(need)s »"),
    sentence=_(
        "Nous vous avions promis la suite de « %(need)s » pour le %(limit)s, et nous n’y sommes "
        "pas encore. L’équipe qui suit votre besoin le sait.%(said)s"
    ),
)
register(
    LATE_AGENCY,
    group=Group.NEEDS,
    subject=_("En retard : « %(need)s », promis le %(limit)s"),
    sentence=_(
        "La suite de « %(need)s » (%(host)s) était promise pour le %(limit)s. Faites-la, ou "
        "dites au ministère pourquoi et quand.%(said)s"
    ),
)
register(
    AWAITED_HOST,
    group=Group.NEEDS,
    subject=_("À compléter : « %(need)s », attendu le %(limit)s"),
    sentence=_(
        "L’agence attendait un complément pour « %(need)s » le %(limit)s. Sans lui, l’instruction "
        "n’avance pas.%(said)s Écrivez-lui s’il vous faut plus de temps."
    ),
)
register(
    AWAITED_AGENCY,
    group=Group.NEEDS,
    subject=_("À rappeler : le complément de « %(need)s » n’est pas venu"),
    sentence=_(
        "Le complément demandé pour « %(need)s » (%(host)s) était attendu le %(limit)s. Appelez le "
        "ministère, ou concluez.%(said)s"
    ),
)


def tell_move(made: NeedMove, by: Account | None) -> None:
    """Tell the other side of a need what has just been done."""
    reader = _reader(made.move, by)
    is_on_behalf = reader is Party.HOST and MOVES[made.move].permission is SPOKEN
    reason = in_french(made.reason.label) if made.reason else ""
    tell(
        people_of(made.need, reader),
        made.need,
        ON_BEHALF if is_on_behalf else kind_of(made.move),
        once=f"need.moved:{made.id}",
        by=by,
        words=made.words,
        reason=reason,
        move=in_french(made.move.label),
    )


def tell_delay(need: Need, *, words: str, due_on: date, about: int, by: Account | None) -> None:
    """Tell the ministry why it waits longer than promised, and until when."""
    people = people_of(need, Party.HOST)
    tell(people, need, DELAY, once=f"need.delay:{about}", by=by, words=words, due_on=due_on)


def tell_late(need: Need, *, party: Party, due_on: date, words: str, week: int) -> int:
    """Tell both sides that `party` has let a promised day pass; once for each week, return how many."""
    kinds = {
        Party.AGENCY: ((Party.HOST, LATE_HOST), (Party.AGENCY, LATE_AGENCY)),
        Party.HOST: ((Party.HOST, AWAITED_HOST), (Party.AGENCY, AWAITED_AGENCY)),
    }
    # The stage is part of it: the same day may be promised again after another move.
    stage = f"{need.stage_since:%Y%m%d%H%M%S}:{due_on}:{week}"
    return sum(
        tell(
            people_of(need, reader),
            need,
            kind,
            once=f"need.late:{need.id}:{stage}",
            words=words,
            due_on=due_on,
        )
        for reader, kind in kinds[party]
    )


#: What is done in a ministry's name, whoever presses the button.
SPOKEN = Permission.SPEAK_FOR_NEEDS


def _reader(move: Move, by: Account | None) -> Party:
    """Return the side that did not make a move."""
    if by is not None and by.role is Role.MINISTRY_MEMBER:
        return Party.AGENCY
    if by is not None and by.role in AGENCY:
        return Party.HOST
    return Party.AGENCY if MOVES[move].permission is SPOKEN else Party.HOST


def tell(
    people: Iterable[Account],
    need: Need,
    kind: str,
    *,
    once: str,
    by: Account | None = None,
    words: str = "",
    due_on: date | None = None,
    place: str = "",
    **said: str,
) -> int:
    """Tell people but `by` of a need, at its page or `place` below it; return how many were told first."""
    params = {
        "need": need.title,
        "host": need.host_label or in_french(_("Un ministère")),
        "said": " " + in_french(_("Voici ses mots : « %(words)s »"), words=words) if words else "",
        "limit": date_in_figures(due_on),
        **said,
    }
    told = [
        notify(
            account,
            kind=kind,
            params=params,
            url_path=f"/besoins/{need.id}{place}",
            once=once,
            subject=need,
        )
        for account in people
        if by is None or account.id != by.id
    ]
    return sum(one is not None for one in told)


lifecycle.when_moved.append(tell_move)
