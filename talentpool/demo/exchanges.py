"""What the demo's ministries, agency and talents say to each other about needs, and what hosts have made ready."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.commitments.models import Commitment, CommitmentKind, CommitmentState
from talentpool.commitments.services import (
    CommitmentContent,
    begin_commitments,
    edit_commitment,
)
from talentpool.db import db
from talentpool.needs.lifecycle import start_search
from talentpool.needs.models import Need
from talentpool.needs.people import Party
from talentpool.needs.promises import explain_delay
from talentpool.needs.stages import SEARCHED, NeedStatus
from talentpool.reviews.services import assign_reviewer
from talentpool.threads.services import answer, ask, post_message

#: For how long each search has gone on, the oldest need's first: it alone overruns what was promised.
SEARCHING = (60, 40, 38, 33, 30, 26, 21, 17, 14, 10, 6, 3)
OLDEST, EXAMINED = "n-025", "n-036"


def seed_exchanges(
    people: Mapping[str, Account], *, officer: Account, colleague: Account, today: date
) -> None:
    """Let the oldest need be spoken about, and every approved one be searched for; `people` by address."""
    _search(officer, today)
    need, host = _need(OLDEST), people["travail@demo.example"]
    need.owner = host
    _need("n-034").owner = people["ministere@demo.example"]
    _talk(need, host, officer)
    explain_delay(
        need,
        words="L’accord sur les déclarations des employeurs est attendu début janvier. Nous présentons "
        "d’ici là, sur un jeu fictif, des personnes que ce délai n’arrête pas.",
        due_on=today + timedelta(days=20),
        today=today,
        by=officer,
    )
    _ask(need, people["talent@demo.example"], host, today)
    _make_ready(need, host, today)
    assign_reviewer(_need(EXAMINED), colleague, needed=1, today=today, by=officer)
    db.session.flush()


def _need(number: str) -> Need:
    found = select(Need).where(Need.source == "demo", Need.external_id == number)
    return db.session.scalars(found).one()


def _search(officer: Account, today: date) -> None:
    found = select(Need).where(Need.status.in_(SEARCHED)).order_by(Need.approved_at)
    for need, days in zip(db.session.scalars(found).all(), SEARCHING, strict=False):
        start_search(need, by=officer)
        if need.status is NeedStatus.SEARCHING:
            moment = datetime.combine(today - timedelta(days=days), time(9), UTC)
            need.stage_since = max(moment, need.approved_at or moment)
            need.moves[-1].created_at = need.stage_since


def _talk(need: Need, host: Account, officer: Account) -> None:
    said = (
        (Party.HOST, host, "Bonjour, avez-vous des nouvelles pour le poste de données ?"),
        (
            Party.AGENCY,
            officer,
            "Bonjour, deux personnes correspondent, mais elles demandent à voir les données avant de "
            "s’engager. Où en est l’accès ?",
        ),
        (
            Party.HOST,
            host,
            "Un organisme doit encore signer ; un jeu fictif est prêt, l’équipe peut le leur montrer dès lundi.",
        ),
    )
    for number, (party, account, text) in enumerate(said):
        post_message(need, text, party=party, token=f"demo-{number}", by=account)


def _ask(need: Need, talent: Account, host: Account, today: date) -> None:
    first = ask(
        need,
        "Le poste de données peut-il se tenir depuis Grenoble trois jours par semaine ?",
        token="demo-question-0",  # noqa: S106 - makes a question asked once
        today=today,
        by=talent,
    )
    answer(
        first,
        "Deux jours, et trois pendant la haute saison : l’équipe est alors sur le terrain.",
        party=Party.HOST,
        by=host,
    )
    ask(
        need,
        "Les relevés des mairies sont-ils déjà saisis, ou à saisir par l’équipe ?",
        token="demo-question-1",  # noqa: S106 - makes a question asked once
        today=today,
        by=talent,
    )


def _make_ready(need: Need, host: Account, today: date) -> None:
    begin_commitments(need, today=today, by=host)
    proofs = {
        CommitmentKind.EQUIPMENT: "Deux portables commandés, bon du 12 novembre",
        CommitmentKind.DESK: "Bureau 412, badges demandés",
        CommitmentKind.TELEWORK: "Accord du directeur, deux jours par semaine",
    }
    rows = db.session.scalars(select(Commitment).where(Commitment.need_id == need.id))
    for row in rows.all():
        ready = row.kind in proofs
        content = CommitmentContent(
            state=CommitmentState.READY if ready else CommitmentState.PLEDGED,
            owner_name=host.display_name,
            due_on=row.due_on,
            evidence=proofs.get(row.kind, ""),
        )
        if ready or row.kind is CommitmentKind.DATA:
            edit_commitment(row, content, by=host)
