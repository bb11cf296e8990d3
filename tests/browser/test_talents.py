"""A talent from the public board to the pool and out again: every page that they need, and what is left of them."""

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.factories.cv_samples import SAMPLES

SECRET = "quatre mots sans aucun rapport"
#: Three CVs of different layouts: the sample, the name and the type of its file.
CVS = (
    ("two columns", "cv.pdf", "application/pdf"),
    (
        "tables",
        "cv.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("JSON Resume", "resume.json", "application/json"),
)
expect.set_options(timeout=15_000)
MOTIVATION = "Je veux que les outils de l’État servent à celles et ceux qui en ont besoin."
ENTERPRISE = "J’ai lancé un atelier de cartes libres, repris ensuite par trois communes."
CRITERIA = 6
INTERVIEW_CRITERIA = 4


def _link_sent_to(address: str, database: Path) -> str:
    """Return the path of the newest link that a mail took to an address."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        [text] = connection.execute(
            "SELECT text FROM outgoing_mail WHERE recipient = ? ORDER BY id DESC", [address]
        ).fetchone()
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found, text
    return found[1]


def _register(visit: Visit, name: str, address: str, database: Path) -> None:
    page = visit.page
    visit.open("/besoins")
    visit.follow_menu("Rejoindre le vivier")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("boîte de réception")
    visit.open(_link_sent_to(address, database))
    page.get_by_label("Prénom et nom").fill(name)
    page.get_by_role("textbox", name="Mot de passe").fill(SECRET)
    page.get_by_text("J’ai lu ce que le service garde de moi").click()
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.wait_for_url(f"{visit.address}/")


def _import_cv(visit: Visit, sample: str, filename: str, media_type: str) -> None:
    page = visit.page
    visit.open("/mon-profil/cv")
    page.get_by_label("Votre CV").set_input_files(
        {"name": filename, "mimeType": media_type, "buffer": SAMPLES[sample].make()}
    )
    page.get_by_role("button", name="Lire mon CV").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que votre CV propose")
    assert visit.is_sound()
    page.get_by_role("button", name="Tout cocher").click()
    page.get_by_role("button", name="Ajouter à mon profil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon profil")


def _step(page: Page, name: str) -> None:
    """Open one part of the profile to change it."""
    page.get_by_role("link", name=f"Modifier : {name}", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _saved(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon profil")


def _complete_profile(visit: Visit) -> None:
    page = visit.page
    visit.open("/mon-profil")
    _step(page, "Identité et fonction")
    page.get_by_label("Ce que vous faites, en une ligne").fill(
        "Science des données et cartographie"
    )
    page.get_by_text("Donnée et IA", exact=True).click()
    page.get_by_label("Années d’expérience").fill("9")
    assert visit.is_sound()
    _saved(page)
    _step(page, "Lieu et mobilité")
    page.get_by_label("Ville où vous pouvez travailler").fill("Rennes")
    page.get_by_label("Autres villes possibles").fill("Brest\nNantes")
    page.get_by_label("Jours de télétravail").fill("3")
    _saved(page)
    _step(page, "Disponibilités")
    row = page.get_by_role("group", name="Ligne 1", exact=True)
    row.get_by_label("À partir du").fill(date.today().isoformat())
    row.get_by_label("Part de temps").fill("100")
    _saved(page)
    _step(page, "Statut et habilitation")
    page.get_by_role("combobox", name="Statut").select_option(label="Contractuel de droit public")
    _saved(page)
    _step(page, "Présentation")
    page.get_by_role("textbox", name="Présentation").fill(
        "Je dessine des cartes que chacun sait lire."
    )
    _saved(page)
    _step(page, "Souhaits")
    page.get_by_label("Thèmes souhaités").fill("forêts\nsanté")
    _saved(page)
    expect(page.get_by_text("Profil complet à 100 %")).to_be_visible()
    assert visit.is_sound()


def _show_a_skill(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name=re.compile("Ajouter une preuve")).first.click()
    page.get_by_label("Lien vers ce qui la montre").fill("http://depot.example/cartes")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Donnez une adresse entière").first).to_be_visible()
    page.get_by_label("Lien vers ce qui la montre").fill("https://depot.example/cartes")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("avec preuve").first).to_be_visible()


def _apply(visit: Visit) -> str:
    """Hand an application in, and return its code."""
    page = visit.page
    visit.open("/ma-candidature")
    page.get_by_role("link", name="Commencer ma candidature").click()
    page.get_by_label("Pourquoi servir un ministère").fill(MOTIVATION)
    page.get_by_label("Qu’avez-vous lancé").fill(ENTERPRISE)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Relire et déposer").click()
    assert visit.is_sound()
    page.get_by_text("Ce que j’ai écrit est exact").click()
    page.get_by_text("J’ai fini mes études").click()
    page.get_by_text("J’accepte d’être dans le vivier").click()
    page.get_by_role("button", name="Déposer ma candidature").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ma candidature au vivier")
    assert visit.is_sound()
    found = re.search(r"\bC-\d+\b", page.inner_text("main"))
    assert found
    return found[0]


def _score(visit: Visit, code: str, name: str) -> None:
    """Take an evaluation of a file that has no name, and give it."""
    page = visit.page
    visit.open("/candidatures")
    page.get_by_role("link", name=code).first.click()
    assert name not in page.content()
    page.get_by_role("button", name="Prendre une évaluation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mon évaluation")
    assert name not in page.content()
    for number in range(CRITERIA):
        page.get_by_role("group").get_by_text("4 – solide").nth(number).click()
        page.get_by_label("Ce qui fonde cette note").nth(number).fill("Le dossier le montre.")
    page.get_by_role("button", name="Rendre mon évaluation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)


def _admit(visit: Visit, name: str) -> None:
    page = visit.page
    expect(page.get_by_role("heading", name="Les évaluations côte à côte")).to_be_visible()
    page.get_by_role("link", name="Inviter à un entretien").click()
    page.get_by_label("Jour").fill(date.today().isoformat())
    page.get_by_label("Heure").fill("14:30")
    page.get_by_label("Lieu, ou lien").fill("20 avenue de Ségur, Paris")
    page.get_by_role("group", name="Jury").get_by_role("checkbox").first.check(force=True)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_role("link", name="Noter l’entretien").click()
    for number in range(INTERVIEW_CRITERIA):
        page.get_by_role("group").get_by_text("4 – solide").nth(number).click()
    page.get_by_label("Ce que le jury en retient").fill("Sait dire ce qui ne marche pas.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Admettre au vivier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.get_by_role("button", name="Admettre au vivier").click()
    expect(page.get_by_role("link", name=f"Voir {name} dans le vivier")).to_be_visible()
    assert visit.is_sound()


def _code_in_pool(visit: Visit, name: str) -> str:
    page = visit.page
    page.get_by_role("link", name=f"Voir {name} dans le vivier").click()
    found = re.search(r"\bT-\d+\b", page.inner_text("main"))
    assert found
    return found[0]


def _rank(visit: Visit, seat: str = "") -> tuple[str, int]:
    """Have the pool ranked for a seat, one that never was unless it is named; return its path and how many people were."""
    page = visit.page
    if seat:
        visit.open(seat)
        # The page comes back under its own address: what it said before must not be read again.
        with page.expect_navigation():
            page.get_by_role("button", name="Actualiser le classement").click()
    else:
        visit.open("/postes")
        row = page.get_by_role("row").filter(has_text="À classer").first
        row.get_by_role("link").first.click()
        page.get_by_role("button", name="Classer le vivier").click()
    counted = page.get_by_text(re.compile(r"\d+ personnes classées"))
    found = re.search(r"\d+", counted.first.inner_text())
    assert found
    return page.url.removeprefix(visit.address).partition("#")[0], int(found[0])


def _choose_needs(visit: Visit) -> None:
    page = visit.page
    visit.open("/besoins-pour-moi")
    expect(page.get_by_text("points sur 100").first).to_be_visible()
    assert visit.is_sound()
    page.get_by_role("button", name="Ajouter à mes vœux").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes vœux")
    assert visit.is_sound()


def _leave_pool(visit: Visit) -> None:
    page = visit.page
    visit.open("/mes-donnees")
    page.get_by_role("link", name="Sortir du vivier").click()
    assert visit.is_sound()
    page.get_by_role("button", name="Sortir du vivier").click()
    expect(page.get_by_role("button", name="Revenir dans le vivier")).to_be_visible()


def _download(visit: Visit) -> dict[str, bytes]:
    page = visit.page
    visit.open("/mes-donnees")
    assert visit.is_sound()
    page.get_by_role("link", name="Télécharger mes données").click()
    page.get_by_label("Votre mot de passe").fill(SECRET)
    page.get_by_role("button", name="Préparer mon archive").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger mes données").click()
    with zipfile.ZipFile(io.BytesIO(Path(started.value.path()).read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _erase(visit: Visit) -> None:
    page = visit.page
    visit.open("/mes-donnees/effacer")
    assert visit.is_sound()
    page.get_by_label("Votre mot de passe").fill(SECRET)
    page.get_by_label("Tapez le mot").fill("effacer")
    page.get_by_role("button", name="Effacer pour toujours").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("effac")
    assert visit.is_sound()


def _traces(database: Path, *words: str) -> list[str]:
    """Name the files of the database in whose bytes one of these words still stands."""
    return [
        f"{path.name}: {word}"
        for path in database.parent.glob(f"{database.name}*")
        for word in words
        if word.casefold().encode() in path.read_bytes().lower()
    ]


@pytest.mark.parametrize(
    ("name", "address", "window"),
    [
        ("Izolde Kerfantin", "izolde.kerfantin@courriel.example", {"width": 1280}),
        (
            "Thibald Quentrec",
            "thibald.quentrec@courriel.example",
            {"width": 390, "java_script_enabled": False},
        ),
    ],
)
def test_from_the_board_to_the_pool_and_out_again(
    name: str,
    address: str,
    window: dict[str, object],
    visit: Callable[..., Visit],
    served_database: Path,
) -> None:
    person = visit(**window)
    _register(person, name, address, served_database)
    for sample, filename, media_type in CVS:
        _import_cv(person, sample, filename, media_type)
    _complete_profile(person)
    _show_a_skill(person)
    code = _apply(person)

    colleague, officer = visit(), visit()
    colleague.sign_in("relais")
    _score(colleague, code, name)
    officer.sign_in("agence")
    seat, ranked_before = _rank(officer)
    _score(officer, code, name)
    _admit(officer, name)
    known_as = _code_in_pool(officer, name)
    assert _rank(officer, seat) == (seat, ranked_before + 1)

    _choose_needs(person)
    person.open("/mon-profil/visibilite")
    person.page.get_by_role("button", name="Me mettre en pause").click()
    assert person.is_sound()
    assert _rank(officer, seat) == (seat, ranked_before)

    _leave_pool(person)
    archive = _download(person)
    assert name in archive["donnees.html"].decode()
    assert MOTIVATION in archive["donnees.json"].decode()
    assert known_as in archive["donnees.json"].decode()
    _erase(person)
    assert _traces(served_database, name, address, "Kerfantin", "Quentrec", ENTERPRISE) == []
