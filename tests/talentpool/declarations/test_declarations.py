import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.declarations.models import CONSENT_VERSION, AgeBand, Gender, VoluntaryDeclaration
from talentpool.declarations.queries import declaration_of, declared_groups
from talentpool.declarations.services import NothingDeclared, declare, erase
from talentpool.journal.queries import history_of
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = "/mon-profil/declaration"


class TestServices:
    def test_each_answer_is_optional_and_the_consent_is_dated(self, each_database: object) -> None:
        talent = make_talent()
        made = declare(talent, gender=Gender.WOMAN, age_band=None, by=None)
        declare(talent, gender=Gender.WOMAN, age_band=AgeBand.FROM_45, by=None)
        db.session.commit()
        assert made.consent_version == CONSENT_VERSION
        assert made.consented_at is not None
        assert declared_groups() == {talent.id: (Gender.WOMAN, AgeBand.FROM_45)}
        with pytest.raises(NothingDeclared):
            declare(talent, gender=None, age_band=None, by=None)

    def test_what_is_erased_is_gone_and_the_journal_never_knew_it(
        self, each_database: object
    ) -> None:
        talent = make_talent()
        declare(talent, gender=Gender.OTHER, age_band=AgeBand.UNDER_30, by=None)
        assert erase(talent, by=None)
        assert not erase(talent, by=None)
        db.session.commit()
        assert db.session.scalars(select(VoluntaryDeclaration)).all() == []
        erased, made = history_of(talent)[:2]
        assert (erased.action, erased.details) == ("declaration.erased", {})
        assert (made.action, made.details) == ("declaration.made", {"consent": CONSENT_VERSION})

    def test_it_goes_with_the_profile(self, each_database: object) -> None:
        talent = make_talent(skills=[], experience=[], families=[])
        declare(talent, gender=Gender.MAN, age_band=None, by=None)
        db.session.commit()
        db.session.delete(talent)
        db.session.commit()
        assert db.session.scalars(select(VoluntaryDeclaration)).all() == []


class TestPage:
    @pytest.fixture
    def account(self, app: object) -> Account:
        return make_account(role=Role.TALENT)

    @pytest.fixture
    def talent(self, account: Account) -> Talent:
        return make_talent(account=account)

    @pytest.fixture
    def browser(self, account: Account, client_of: Callable) -> ProofreadingClient:
        return client_of(account)

    def test_answers_are_given_shown_and_erased_in_one_click(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        assert f'href="{ADDRESS}"' in browser.get("/mon-profil").text
        typed = filled(browser.get(ADDRESS), age_band="from_45", agreement="y")
        assert browser.post(ADDRESS, data=typed).location == ADDRESS
        page = browser.get(ADDRESS)
        assert "Vous avez répondu" in text_of(page)
        assert filled(page)["age_band"] == ["from_45"]
        assert declaration_of(talent).gender is None
        assert browser.post(f"{ADDRESS}/effacer").status_code == 303
        assert declaration_of(talent) is None

    def test_nothing_is_kept_without_agreement_nor_answer(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        page = browser.get(ADDRESS)
        refused = browser.post(ADDRESS, data=filled(page, gender="woman"))
        assert list(complaints(refused)) == ["agreement"]
        refused = browser.post(ADDRESS, data=filled(page, agreement="y"))
        assert "Donnez au moins une réponse" in complaints(refused)["gender"]
        assert declaration_of(talent) is None

    def test_without_a_profile_there_is_nothing_to_declare(
        self, browser: ProofreadingClient
    ) -> None:
        assert browser.get(ADDRESS).status_code == 404

    def test_the_agency_sees_it_nowhere(self, talent: Talent, client_as: Callable) -> None:
        declare(talent, gender=Gender.WOMAN, age_band=None, by=None)
        db.session.commit()
        page = client_as(Role.AGENCY_STAFF).get(f"/talents/{talent.id}")
        assert Gender.WOMAN.label not in page.text


def _names(path: Path) -> set[str]:
    """Return every name that a module imports, reads or writes, texts aside."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom():
                found |= {node.module or "", *(alias.name for alias in node.names)}
            case ast.Import():
                found |= {alias.name for alias in node.names}
            case ast.Attribute():
                found.add(node.attr)
            case ast.Name():
                found.add(node.id)
    return found


@pytest.mark.parametrize("folder", ["matching", "talentpool/matches"])
def test_no_ranking_reads_what_people_declare(folder: str) -> None:
    forbidden = {
        "VoluntaryDeclaration",
        "voluntary_declaration",
        "declared_groups",
        "declaration_of",
        "gender",
        "age_band",
        "Gender",
        "AgeBand",
    }
    modules = sorted((ROOT / folder).rglob("*.py"))
    assert modules
    reading = {
        str(path.relative_to(ROOT)): names
        for path in modules
        if (names := {n for n in _names(path) if n in forbidden or "declarations" in n})
    }
    assert reading == {}


def test_a_talent_leads_to_no_declaration() -> None:
    """No relationship on Talent: whoever holds a profile cannot come upon what it declares."""
    assert "declaration" not in " ".join(Talent.__mapper__.relationships.keys())
