"""The pages on which somebody completes their profile from a CV."""

import io
import re
from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.cv import views
from talentpool.cv.limits import CvRefused, Refusal
from talentpool.cv.models import CvProposal, CvReading
from talentpool.cv.refusals import _SENTENCES, sentence
from talentpool.db import db
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application
from talentpool.web.security import limiter
from tests.factories.accounts import make_account
from tests.factories.cv_samples import SAMPLES
from tests.factories.cv_texts import EUROPASS
from tests.factories.cvs import docx_of, make_png, pdf_with
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.reading import complaints, filled

CV = """Sacha Gabarit
Cartographe
Né le 3 mars 1990
Expérience
2019 – 2021 Cartographe, Institut des Cartes
Des cartes en Python et en Rust.
Langues
Anglais C1
"""


def sent(browser: object, data: bytes, name: str = "cv.docx") -> object:
    return browser.post("/mon-profil/cv", data={"file": (io.BytesIO(data), name)})


@pytest.fixture
def talent(app: Application) -> Talent:
    make_skill("Python")
    make_skill("Rust")
    return make_talent(account=make_account(role=Role.TALENT))


@pytest.fixture
def browser(talent: Talent, client_of: Callable) -> object:
    return client_of(talent.account)


def numbered(label: str) -> int:
    return db.session.query(CvProposal).filter_by(label=label).first().id


def test_a_cv_is_sent_corrected_and_added(browser: object, talent: Talent) -> None:
    assert "Compléter depuis un CV" in browser.get("/mon-profil").text
    assert sent(browser, docx_of(CV)).location.endswith("/mon-profil/cv/propositions")
    page = browser.get("/mon-profil/cv/propositions").text
    assert "date de naissance" in page
    assert "1990" not in page
    assert "Des cartes en Python et en Rust." in page
    assert re.search(r"Déjà dans votre profil.*Python", page, re.DOTALL)
    # What was read between the lines starts unticked; the words that show a skill are kept with it.
    rust = numbered("Rust")
    assert re.findall(r'name="(\w+)" value="y" checked', page) == [f"shown_{rust}"]
    told = db.session.query(CvProposal).filter_by(part="experience").one().id
    answer = browser.post(
        "/mon-profil/cv/propositions",
        data={
            f"keep_{rust}": "y",
            f"level_{rust}": "3",
            f"keep_{told}": "y",
            f"label_{told}": "Géographe",
            f"organisation_{told}": "Institut",
            f"period_{told}": "2019",
            f"text_{told}": "Des cartes.",
        },
    )
    assert answer.location.endswith("/mon-profil/cv/propositions")
    db.session.refresh(talent)
    assert [(s.label, s.level) for s in talent.skills] == [("Python", 3), ("Rust", 3)]
    assert talent.experiences[-1].summary == "Géographe, Institut (2019) : Des cartes."
    spoken = numbered("Anglais")
    form = {f"keep_{spoken}": "y", f"label_{spoken}": "Anglais", "drop": "1"}
    assert browser.post("/mon-profil/cv/propositions", data=form).status_code == 303
    assert "Anglais" not in browser.get("/mon-profil/cv/propositions").text
    assert browser.post("/mon-profil/cv/propositions/ecarter").location.endswith("/mon-profil")
    assert db.session.query(CvReading).count() == 0


REVIEW = "/mon-profil/cv/propositions"


def test_the_page_says_that_an_attached_file_was_read_and_what_its_pages_hide(
    browser: object,
) -> None:
    sent(browser, pdf_with(EUROPASS, "Cartographe #text(fill: white)[Kubernetes]"), "cv.pdf")
    page = browser.get(REVIEW).text
    assert "viennent du fichier Europass joint à votre PDF" in page
    assert "texte des pages du PDF" in page
    assert "de la couleur de ce qui l’entoure" in page
    sent(browser, docx_of(CV))
    assert "Europass" not in browser.get(REVIEW).text


def test_ticking_all_decides_nothing_and_keeps_what_was_typed(browser: object) -> None:
    sent(browser, docx_of(CV))
    told = db.session.query(CvProposal).filter_by(part="experience").one().id
    form = filled(browser.get(REVIEW), **{f"label_{told}": "Géographe"})
    answer = browser.post(REVIEW, data={**form, "all": "1"})
    assert answer.status_code == 200
    after = filled(answer)
    assert form.items() <= after.items()
    proposed = db.session.query(CvProposal).filter(CvProposal.label != "Python").all()
    assert {f"keep_{one.id}" for one in proposed} <= after.keys()


@pytest.mark.parametrize("decision", ["", "drop", "later"])
def test_corrections_of_what_waits_are_kept(decision: str, browser: object, talent: Talent) -> None:
    sent(browser, docx_of(CV))
    told = db.session.query(CvProposal).filter_by(part="experience").one().id
    rust, spoken = numbered("Rust"), numbered("Anglais")
    typed = {f"label_{told}": "Géographe", f"text_{told}": "Des plans.", f"level_{rust}": "4"}
    form = filled(browser.get(REVIEW), **typed, **{f"label_{spoken}": ""})
    if decision != "later":
        headline = numbered("Cartographe")
        form[f"keep_{headline}"] = ["y"]
    assert browser.post(REVIEW, data={**form, decision: "1"}).status_code == 303
    after = filled(browser.get(REVIEW))
    assert {name: after[name] for name in typed} == {name: [said] for name, said in typed.items()}
    # What was emptied of its name would be a box without words.
    assert after[f"label_{spoken}"] == ["Anglais"]
    assert len(talent.skills) == 1


def test_nothing_ticked_adds_nothing(browser: object, talent: Talent) -> None:
    sent(browser, docx_of(CV))
    answer = browser.post("/mon-profil/cv/propositions", data={})
    assert answer.status_code == 422
    assert "Cochez au moins une proposition" in answer.text
    assert len(talent.skills) == 1


def test_a_ticked_line_must_say_what_it_is(browser: object) -> None:
    sent(browser, docx_of(CV))
    spoken = numbered("Anglais")
    answer = browser.post(
        "/mon-profil/cv/propositions", data={f"keep_{spoken}": "y", f"label_{spoken}": " "}
    )
    assert answer.status_code == 422
    assert "décochez cette proposition" in answer.text


def test_what_nobody_was_proposed_cannot_be_added(browser: object, talent: Talent) -> None:
    sent(browser, docx_of(CV))
    foreign = {"keep_999999": "y", "label_999999": "Tout", "headline": "Tout", "skill_id": "1"}
    assert browser.post("/mon-profil/cv/propositions", data=foreign).status_code == 422
    level = numbered("Rust")
    wrong = {f"keep_{level}": "y", f"level_{level}": "9"}
    assert browser.post("/mon-profil/cv/propositions", data=wrong).status_code == 422


def test_a_refused_file_says_what_to_do(browser: object) -> None:
    for data, name, words in (
        (make_png(), "cv.docx", "est une image"),
        (b"%PDF-1.4 \xff", "../../etc/x\u202efdp.exe", "abîmé"),
        (docx_of("Bonjour."), "cv.pdf", "rien n’y a été reconnu"),
    ):
        answer = sent(browser, data, name)
        assert answer.status_code == 422
        assert words in answer.text
        assert "fdp.exe" not in answer.text
    assert db.session.query(CvReading).count() == 0


def test_whoever_has_no_profile_begins_with_a_cv(client_of: Callable) -> None:
    account = make_account(role=Role.TALENT)
    browser = client_of(account)
    assert "Commencer depuis un CV" in browser.get("/mon-profil").text
    assert browser.get("/mon-profil/cv/propositions").location.endswith("/mon-profil/cv")
    assert sent(browser, docx_of("Bonjour.")).status_code == 422
    assert db.session.query(Talent).filter_by(account_id=account.id).count() == 0
    assert sent(browser, SAMPLES["ODT"].make()).status_code == 303
    assert browser.get("/mon-profil/cv/propositions").status_code == 200
    assert db.session.query(Talent).filter_by(account_id=account.id).one().headline == ""


def test_what_a_structured_file_states_starts_ticked(browser: object) -> None:
    sent(browser, SAMPLES["JSON Resume"].make())
    page = browser.get("/mon-profil/cv/propositions").text
    keep = numbered("Integrator")
    assert re.search(rf'name="keep_{keep}" value="y" checked', page)


def test_one_person_never_sees_another_s_proposals(browser: object, client_of: Callable) -> None:
    sent(browser, docx_of(CV))
    other = client_of(make_talent(account=make_account(role=Role.TALENT)).account)
    assert other.get("/mon-profil/cv/propositions").location.endswith("/mon-profil/cv")
    other.post("/mon-profil/cv/propositions/ecarter")
    assert db.session.query(CvReading).count() == 1


def test_hostile_words_are_shown_as_words(browser: object) -> None:
    hostile = '<script>alert(1)</script> {{7*7}} "onload=x 50 %% %(num)d'
    text = f"Expérience\n2019 – 2021 Cartographe {hostile}, Institut\nLangues\nAnglais C1 {hostile}"
    assert sent(browser, docx_of(text)).status_code == 303
    page = browser.get("/mon-profil/cv/propositions").text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_every_refusal_has_its_sentence(app: Application) -> None:
    assert set(_SENTENCES) == set(Refusal)
    with app.test_request_context():
        assert all("%(" not in sentence(one, 10) for one in Refusal)


def test_a_busy_site_says_so(browser: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object, **_named: object) -> None:
        raise CvRefused(Refusal.BUSY)

    monkeypatch.setattr(views, "read_cv", busy)
    assert "réessayez dans une minute" in sent(browser, b"x").text


def test_the_twenty_first_file_of_an_hour_waits(
    browser: object, client_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = client_of(make_talent(account=make_account(role=Role.TALENT)).account)
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    try:
        statuses = [sent(browser, b"x").status_code for _file in range(21)]
        assert statuses == [422] * 20 + [429]
        # Reading what waits is not sending, and others' files are not one's own.
        assert browser.get("/mon-profil/cv").status_code == 200
        assert sent(other, b"x").status_code == 422
    finally:
        limiter.reset()


def test_a_file_that_is_too_heavy_is_said_beside_it_and_a_request_that_is_stops(
    browser: object, app: Application
) -> None:
    most = 10 * views.MEGABYTE
    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    body = start + bytes(most + 1) + b"\r\n--b--\r\n"
    answer = browser.post(
        "/mon-profil/cv", data=body, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code == 422
    assert "10" in complaints(answer)["file"]
    answer = browser.post("/mon-profil/cv", data=bytes(app.config["MAX_CONTENT_LENGTH"] + 1))
    assert answer.status_code == 413
