"""Three sentences on a place, computed from what its run kept."""

from datetime import date

import pytest

from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.in_short import three_sentences
from talentpool.matches.models import MatchRun
from talentpool.matches.presenting import shown
from talentpool.matches.queries import keys_by_talent, listed_scores
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from tests.factories.needs import make_seat
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent

NBSP = "\N{NO-BREAK SPACE}"


def said_of(talent: Talent, run: MatchRun) -> list[str]:
    key = keys_by_talent({talent.id})[talent.id]
    result = next(one for one in run.results if one.person_key == key)
    sentences = three_sentences(shown(result, talent, None, {}), listed_scores(run))
    return [sentence.replace(NBSP, " ") for sentence in sentences]


@pytest.mark.usefixtures("each_database")
def test_they_say_why_what_is_missing_and_what_would_change_the_rank() -> None:
    rust, cobol = make_skill("Rust"), make_skill("Cobol")
    first = make_talent(
        headline="Rust", text="", experience=[], skills=[NamedSkill("Rust", rust, 3)]
    )
    second = make_talent(headline="Cobol", text="Du Cobol, un peu de Rust et beaucoup de bois")
    silent = make_talent(headline="Ébénisterie", text="", skills=[], experience=[])
    seat = make_seat(
        title="Rust", must=[NamedSkill("Rust", rust, 2)], nice=[NamedSkill("Cobol", cobol, 1)]
    )
    run = services.rank_talents(seat, by=None, as_of=date(2026, 11, 24))
    db.session.commit()

    why, lacks, pivot = said_of(first, run)
    assert why.startswith("Ce profil est à ce rang surtout pour « Rust » (")
    assert lacks.startswith("Il ne mentionne pas « Cobol »")
    assert pivot == "Sans « Rust », il serait vers le rang 2 : vérifiez d’abord ce point."
    assert "Cobol" in said_of(second, run)[0]

    why, lacks, pivot = said_of(silent, run)
    assert why == "Aucun mot du profil ne le rapproche du poste."
    assert "dont l’indispensable « Rust »" in lacks
    assert pivot.startswith(("Rien de ce qui est connu", "Si ce qui reste inconnu"))
