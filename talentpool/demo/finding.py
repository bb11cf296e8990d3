"""How the demo's people want to be found: wishes, a « not now », a pause, an objection, contests."""

from datetime import date, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.board.queries import board_needs
from talentpool.contests.models import Contested, Request
from talentpool.contests.services import Reading, answer, contest
from talentpool.db import db
from talentpool.interests.models import NotNowReason, Stance
from talentpool.interests.services import Word, say, wish
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent
from talentpool.talents.queries import is_present
from talentpool.visibility.services import block, object_to_rankings, pause

#: The ministry that one person keeps away from: where they work today.
KEPT_AWAY = "interieur"
PAUSE = timedelta(days=45)


def seed_finding(accounts: dict[str, Account], *, officer: Account, today: date) -> None:
    """Let a few people choose, and the two who sign in say what they wish for and contest."""
    own, other = (
        db.session.scalars(select(Talent).where(Talent.account_id == accounts[email].id)).one()
        for email in ("talent@demo.example", "vivier@demo.example")
    )
    needs = list(db.session.scalars(board_needs().order_by(Need.approved_at, Need.id)))
    for need in needs[1:3]:
        wish(own, need, by=own.account)
    say(
        own,
        needs[0],
        Word(
            Stance.NOT_NOW,
            NotNowReason.DATES,
            today + 3 * PAUSE,
            "Je finis ma mission au printemps.",
        ),
        by=own.account,
    )
    wish(other, needs[1], by=other.account)
    _contest(own, other, needs[1].seats[0], officer, today)
    _choose([own.id, other.id], today)


def _contest(own: Talent, other: Talent, seat: NeedSeat, officer: Account, today: date) -> None:
    subject = f"le poste « {seat.label} » ({seat.need.title})"
    what = Reading(Contested.SEAT, subject, seat=seat)
    answered = contest(
        own,
        what,
        reading="Métier",
        words="J’ai repris 400 000 notices de bibliothèques : c’est du travail de données, et le poste "
        "me met à part pour mon métier.",
        asks=Request.CORRECT,
        today=today - timedelta(days=9),
        by=own.account,
    )
    answered.created_at -= timedelta(days=9)
    words = (
        "Vous avez raison : cette expérience est aussi de la donnée. Ajoutez la famille « Donnée et IA » "
        "à votre profil : nous vous relisons pour ce poste, et pour les suivants."
    )
    answer(answered, is_accepted=True, words=words, by=officer)
    waiting = contest(
        other,
        what,
        reading="",
        words="Je ne comprends pas pourquoi ce poste me ressemble si peu : j’ai fait le même.",
        asks=Request.EXPLAIN,
        today=today - timedelta(days=23),
        by=other.account,
    )
    waiting.created_at -= timedelta(days=23)


def _choose(but: list[int], today: date) -> None:
    """Let three people whom nobody proposes now pause, object, and block a ministry."""
    proposed = select(Proposal.talent_id)
    free = select(Talent).where(is_present(), Talent.id.not_in(but), Talent.id.not_in(proposed))
    pausing, objecting, blocking = db.session.scalars(free.order_by(Talent.id.desc()).limit(3))
    pause(pausing, until=today + PAUSE, today=today, by=None)
    object_to_rankings(objecting, by=None)
    kept_away = select(Organisation).where(Organisation.code == KEPT_AWAY)
    if ministry := db.session.scalar(kept_away):
        block(blocking, ministry, by=None)
