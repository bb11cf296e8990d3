"""A profile written step by step: each saved alone, by the person or by the agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.models import EmploymentStatus, Talent
from talentpool.talents.services import content_of, edit_talent
from talentpool.talents.step_table import STEPS
from talentpool.talents.values import LanguageLevel, PeriodKind, Spoken, Stretch, Studied
from tests.factories.accounts import make_account
from tests.factories.organisations import make_organisation
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

CODES = [step.code for step in STEPS]
EVERYTHING: dict[str, Any] = {
    "languages": [Spoken("en", LanguageLevel.B2), Spoken("br")],
    "education": [Studied("Master de droit", "université de Lille", 2014), Studied("Licence")],
    "other_towns": ["Brest", "Rennes"],
    "seniority_years": 7,
    "clearances": ["secret", "ancien_code"],
    "periods": [
        Stretch(PeriodKind.FREE, date(2027, 1, 4), date(2027, 12, 31), 80),
        Stretch(PeriodKind.AWAY, date(2027, 5, 1), date(2027, 7, 31)),
    ],
    "wished_kinds": ["build"],
    "employment_status": EmploymentStatus.PRIVATE,
}


@pytest.fixture
def own(app: object) -> Talent:
    return make_talent(account=make_account(role=Role.TALENT), **EVERYTHING)


@pytest.fixture
def browser(own: Talent, client_of: Callable) -> ProofreadingClient:
    return client_of(own.account)


def saved(browser: ProofreadingClient, step: str, **typed: Any) -> str:
    address = f"/mon-profil/{step}"
    answer = browser.post(address, data=filled(browser.get(address), **typed))
    assert answer.status_code == 303, complaints(answer)
    db.session.expire_all()
    return answer.location


class TestEveryStep:
    @pytest.mark.parametrize("code", [code for code in CODES if code != "experiences"])
    @pytest.mark.parametrize("role", [Role.TALENT, Role.AGENCY_STAFF])
    def test_a_step_saved_as_it_stands_changes_nothing(
        self, code: str, role: Role, own: Talent, client_of: Callable, client_as: Callable
    ) -> None:
        before = content_of(own)
        if role is Role.TALENT:
            browser, address = client_of(own.account), f"/mon-profil/{code}"
        else:
            browser, address = client_as(role), f"/talents/{own.id}/modifier/{code}"
        assert browser.post(address, data=filled(browser.get(address))).status_code == 303
        db.session.expire_all()
        assert content_of(own) == before
        assert [entry.action for entry in history_of(own)] == ["talent.created"]

    def test_the_profile_shows_each_part_with_where_it_is_changed(
        self, own: Talent, browser: ProofreadingClient, client_as: Callable
    ) -> None:
        page = browser.get("/mon-profil")
        for code in CODES:
            assert f'href="/mon-profil/{code}"' in page.text
        for words in ("anglais (B2)", "université de Lille, 2014", "Brest, Rennes", "Secret"):
            assert words in text_of(page)
        assert "libre du 04/01/2027 au 31/12/2027, 80" in text_of(page, "disponibilites")
        staff = client_as(Role.AGENCY_STAFF).get(f"/talents/{own.id}")
        assert f'href="/talents/{own.id}/modifier/langues"' in staff.text
        assert "Secret" in text_of(staff, "statut")
        director = client_as(Role.AGENCY_DIRECTOR).get(f"/talents/{own.id}")
        assert "/modifier/" not in director.text

    def test_a_step_that_is_none_is_not_found(
        self, browser: ProofreadingClient, own: Talent, client_as: Callable
    ) -> None:
        assert browser.get("/mon-profil/inconnue").status_code == 404
        staff = client_as(Role.AGENCY_STAFF)
        assert staff.get(f"/talents/{own.id}/modifier/inconnue").status_code == 404

    def test_a_step_leads_to_the_next_or_back(self, browser: ProofreadingClient) -> None:
        assert saved(browser, "langues", then="profile") == "/mon-profil#langues"
        assert saved(browser, "langues", then="next") == "/mon-profil/lieu"
        address = "/mon-profil/langues?suite=1"
        answer = browser.post(address, data=filled(browser.get(address), then="next"))
        assert answer.location == "/mon-profil/lieu?suite=1"
        assert saved(browser, "souhaits", then="next") == "/mon-profil#souhaits"

    def test_a_stale_save_is_shown_beside_what_was_saved(
        self, own: Talent, browser: ProofreadingClient
    ) -> None:
        address = "/mon-profil/lieu"
        page = browser.get(address)
        saved(browser, "lieu", town="Metz")
        # Another step is another matter.
        saved(browser, "presentation", text="Autre chose.")
        answer = browser.post(address, data=filled(page, town="Nancy"))
        assert answer.status_code == 409
        assert "Metz Nancy" in text_of(answer, "differences")
        assert filled(answer)["town"] == ["Nancy"]
        assert browser.post(address, data=filled(answer)).status_code == 303
        db.session.expire_all()
        assert (own.town, own.text) == ("Nancy", "Autre chose.")


class TestNewProfile:
    def test_whoever_has_none_starts_with_the_first_step(self, client_of: Callable) -> None:
        browser = client_of(make_account(role=Role.TALENT, display_name="Inès Essai"))
        for code in CODES[1:]:
            assert browser.get(f"/mon-profil/{code}").location == "/mon-profil/identite?suite=1"
        for page in ("nouvelle", "1", "1/retirer"):
            assert browser.get(f"/mon-profil/experiences/{page}").status_code in {303, 404}
        page = browser.get("/mon-profil/identite?suite=1")
        assert "Étape 1 sur 10" in text_of(page)
        form = filled(page, headline="Cartes", then="next")
        answer = browser.post("/mon-profil/identite?suite=1", data=form)
        assert answer.location == "/mon-profil/competences?suite=1"
        assert "Étape 2 sur 10" in text_of(browser.get(answer.location))

    def test_two_posts_of_the_first_step_make_one_profile(self, client_of: Callable) -> None:
        browser = client_of(make_account(role=Role.TALENT, display_name="Inès Essai"))
        form = filled(browser.get("/mon-profil/identite"), headline="Cartes")
        assert browser.post("/mon-profil/identite", data=form).status_code == 303
        assert browser.post("/mon-profil/identite", data=form).status_code == 303
        assert db.session.query(Talent).count() == 1


class TestAnswers:
    def test_each_step_stores_its_answers(self, own: Talent, browser: ProofreadingClient) -> None:
        saved(browser, "identite", seniority_years="12")
        saved(browser, "formation", education__1__title="", education__0__year="2015")
        saved(browser, "langues", languages__1__code="de", languages__1__level="A2")
        saved(browser, "lieu", other_towns="Lille\nParis", remote_days="3")
        saved(browser, "statut", clearances=["very_secret"])
        host = make_organisation()
        saved(browser, "souhaits", wished_organisations=[str(host.id)], wished_kinds=["data"])
        content = content_of(own)
        assert content.seniority_years == 12
        assert content.education == [Studied("Master de droit", "université de Lille", 2015)]
        assert content.languages == [
            Spoken("en", LanguageLevel.B2), Spoken("de", LanguageLevel.A2)
        ]  # fmt: skip
        assert (content.other_towns, content.remote_days) == (["Lille", "Paris"], 3)
        assert content.clearances == ["very_secret", "ancien_code"]
        assert content.wished_organisations == [host]
        assert content.wished_kinds == ["data"]

    @pytest.mark.parametrize(
        ("step", "typed", "field", "words"),
        [
            ("identite", {"headline": ""}, "headline", "obligatoire"),
            ("identite", {"seniority_years": "99"}, "seniority_years", "de 0 à 60"),
            ("formation", {"education__1__title": "", "education__1__year": "2010"},
             "education-1-title", "ou videz la ligne"),
            ("formation", {"education__0__year": "12"}, "education-0-year", "une année"),
            ("lieu", {"remote_days": "6"}, "remote_days", "de 0 à 5"),
            ("disponibilites", {"periods__0__starts_on": "31/02/2027"}, "periods-0-starts_on",
             "une date qui existe"),
            ("disponibilites", {"periods__0__ends_on": "2027-01-01"}, "periods-0-ends_on",
             "après le début"),
            ("disponibilites", {"periods__1__kind": "free"}, "periods-1-starts_on",
             "en recouvre une autre, qui commence le 04/01/2027"),
            ("disponibilites", {"periods__1__starts_on": ""}, "periods-1-starts_on",
             "Indiquez le premier jour"),
        ],
    )  # fmt: skip
    def test_a_bad_answer_is_said_beside_it_and_kept(
        self, step: str, typed: dict, field: str, words: str, own: Talent,
        browser: ProofreadingClient,
    ) -> None:  # fmt: skip
        before = content_of(own)
        address = f"/mon-profil/{step}"
        form = filled(browser.get(address), **typed)
        answer = browser.post(address, data=form)
        assert answer.status_code == 422
        assert words in complaints(answer)[field]
        after = filled(answer)
        assert {name: after[name] for name in form} == form
        db.session.expire_all()
        assert content_of(own) == before

    @pytest.mark.parametrize("step", ["formation", "langues", "disponibilites", "competences"])
    def test_rows_are_added_without_losing_any(
        self, step: str, browser: ProofreadingClient
    ) -> None:
        address = f"/mon-profil/{step}"
        form = filled(browser.get(address))
        answer = browser.post(address, data={**form, "more": "1"})
        assert answer.status_code == 200
        after = filled(answer)
        assert form.items() <= after.items()
        assert len(after) > len(form)

    def test_an_unknown_language_is_no_answer(
        self, own: Talent, browser: ProofreadingClient
    ) -> None:
        form = filled(browser.get("/mon-profil/langues"))
        browser.post("/mon-profil/langues", data={**form, "languages-0-code": "klingon"})
        db.session.expire_all()
        assert [one.code for one in own.languages] == ["br"]

    def test_one_may_say_how_much_without_saying_when(
        self, own: Talent, browser: ProofreadingClient
    ) -> None:
        emptied = {
            f"periods__{row}__{name}": "" for row in (0, 1) for name in ("starts_on", "ends_on")
        }
        saved(browser, "disponibilites", **emptied, periods__0__share_pct="60")
        content = content_of(own)
        assert (content.available_from, content.share_pct, content.periods) == (None, 60, [])


class TestExperiences:
    def test_experiences_are_told_changed_moved_and_taken_out(
        self, own: Talent, browser: ProofreadingClient
    ) -> None:
        add = "/mon-profil/experiences/nouvelle"
        typed = {"title": "Juriste", "started": "mars 2019", "text": "Des actes."}
        answer = browser.post(add, data=filled(browser.get(add), **typed))
        assert answer.location == "/mon-profil/experiences"
        page = browser.get(answer.location)
        assert "Juriste (depuis mars 2019) : Des actes." in text_of(page)
        number = own.experiences[0].id
        assert browser.post(answer.location, data={"move": f"down:{number}"}).status_code == 303
        db.session.expire_all()
        assert own.experiences[1].id == number
        one = f"/mon-profil/experiences/{number}"
        form = filled(browser.get(one), ended="06/2021")
        assert form["started"] == ["03/2019"]
        assert browser.post(one, data=form).status_code == 303
        db.session.expire_all()
        assert own.experiences[1].ended == "2021-06"
        said = text_of(browser.get(f"{one}/retirer"))
        assert "ne peut pas être annulé" in said
        assert "redeviendront" not in said
        assert browser.post(f"{one}/retirer").status_code == 303
        db.session.expire_all()
        assert len(own.experiences) == 1

    def test_taking_one_out_names_the_skills_that_lose_their_proof(
        self, own: Talent, browser: ProofreadingClient
    ) -> None:
        shown, also_told = NamedSkill("Elm"), NamedSkill("Zig")
        edit_talent(own, replace(content_of(own), skills=[shown, also_told]), by=None)
        experience = own.experiences[0]
        show_skill(own.skills[0], Evidence(experience=experience), by=None)
        show_skill(own.skills[1], Evidence("Une bibliothèque.", experience=experience), by=None)
        db.session.commit()
        said = text_of(browser.get(f"/mon-profil/experiences/{experience.id}/retirer"))
        assert "redeviendront « déclarées »" in said
        assert "Elm" in said
        assert "Zig" not in said

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"started": "hier"}, "started"),
            ({"title": "Juriste", "ended": "2020"}, "ended"),
            ({"title": "Juriste", "started": "2020", "ended": "2019-05"}, "ended"),
            ({}, "title"),
        ],
    )
    def test_a_bad_answer_is_said_beside_it(
        self, typed: dict, field: str, browser: ProofreadingClient
    ) -> None:
        add = "/mon-profil/experiences/nouvelle"
        answer = browser.post(add, data=filled(browser.get(add), **typed))
        assert answer.status_code == 422
        assert field in complaints(answer)

    def test_a_stale_save_is_shown(self, own: Talent, browser: ProofreadingClient) -> None:
        address = f"/mon-profil/experiences/{own.experiences[0].id}"
        page = browser.get(address)
        browser.post(address, data=filled(page, title="Juriste"))
        answer = browser.post(address, data=filled(page, title="Notaire"))
        assert answer.status_code == 409
        assert "Juriste Notaire" in text_of(answer, "differences")

    def test_somebody_else_s_experience_is_not_found(
        self, own: Talent, browser: ProofreadingClient, client_as: Callable
    ) -> None:
        other = make_talent()
        number = other.experiences[0].id
        assert browser.get(f"/mon-profil/experiences/{number}").status_code == 404
        assert browser.post(f"/mon-profil/experiences/{number}/retirer").status_code == 404
        assert (
            browser.post("/mon-profil/experiences", data={"move": f"up:{number}"}).status_code
            == 200
        )
        staff = client_as(Role.AGENCY_STAFF)
        assert staff.get(f"/talents/{own.id}/experiences/{number}").status_code == 404
        page = staff.get(f"/talents/{other.id}/experiences/{number}")
        answer = staff.post(page.request.path, data=filled(page, text="Corrigée."))
        assert answer.location == f"/talents/{other.id}/modifier/experiences"
        added = f"/talents/{other.id}/experiences/nouvelle"
        assert staff.post(added, data=filled(staff.get(added), title="Juriste")).status_code == 303
        db.session.expire_all()
        assert content_of(other).experience == ["Juriste", "Corrigée."]
