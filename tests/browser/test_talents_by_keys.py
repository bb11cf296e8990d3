"""A talent's way by keys alone: an account, a profile, an application, and everything erased."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.test_keyboard import _press, _reach
from tests.browser.test_talents import SECRET, _link_sent_to, _traces

NAME, ADDRESS = "Solveig Trévarn", "solveig.trevarn@courriel.example"
MOTIVATION = "Je veux que les cartes des communes soient lues par leurs habitants."
ENTERPRISE = "J’ai repris seule le plan des sentiers, tenu depuis par douze bénévoles."


def _type(visited: Visit, field: Locator, text: str) -> None:
    _reach(visited, field)
    visited.page.keyboard.type(text)


def _open_account(visited: Visit, database: Path) -> None:
    page = visited.page
    visited.open("/inscription")
    _type(visited, page.get_by_label("Adresse électronique"), ADDRESS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("boîte de réception")
    visited.open(_link_sent_to(ADDRESS, database))
    _type(visited, page.get_by_label("Prénom et nom"), NAME)
    _type(visited, page.get_by_role("textbox", name="Mot de passe"), SECRET)
    _press(visited, page.get_by_role("checkbox", name="J’ai lu"), "Space")
    _press(visited, page.get_by_role("button", name="Ouvrir mon compte"))
    page.wait_for_url(visited.address + "/")


def _open_step(visited: Visit, name: str) -> None:
    _press(visited, visited.page.get_by_role("link", name=f"Modifier : {name}", exact=True))
    expect(visited.page.get_by_role("heading", level=1)).to_have_text(name)


def _save(visited: Visit) -> None:
    _press(visited, visited.page.get_by_role("button", name="Enregistrer", exact=True))
    expect(visited.page.get_by_role("heading", level=1)).to_have_text("Mon profil")


def _write_profile(visited: Visit) -> None:
    page = visited.page
    visited.open("/mon-profil")
    _press(visited, page.get_by_role("link", name="Écrire mon profil"))
    _type(visited, page.get_by_label("Ce que vous faites, en une ligne"), "Cartes et données")
    _press(visited, page.get_by_role("checkbox", name="Donnée et IA"), "Space")
    _save(visited)
    _open_step(visited, "Compétences")
    _type(visited, page.get_by_role("combobox", name="Compétence 1"), "postgre")
    expect(page.get_by_role("option", name="PostgreSQL/PostGIS").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Compétence 1")).to_have_value("PostgreSQL/PostGIS")
    _save(visited)
    _open_step(visited, "Expériences")
    _press(visited, page.get_by_role("link", name="Ajouter une expérience"))
    _type(visited, page.get_by_label("Fonction"), "Cartographe")
    _press(visited, page.get_by_role("button", name="Enregistrer l’expérience"))
    expect(page.get_by_text("Cartographe", exact=True)).to_be_visible()
    visited.open("/mon-profil")
    _open_step(visited, "Disponibilités")
    row = page.get_by_role("group", name="Ligne 1", exact=True)
    # A date is typed in the order of the browser’s own language: headless, English.
    _type(visited, row.get_by_label("À partir du"), f"{date.today():%m%d%Y}")
    _type(visited, row.get_by_label("Part de temps"), "100")
    _save(visited)

    _open_step(visited, "Présentation")
    _type(visited, page.get_by_role("textbox", name="Présentation"), "Je dessine des cartes.")
    _save(visited)


def _apply(visited: Visit) -> None:
    page = visited.page
    visited.open("/ma-candidature")
    _press(visited, page.get_by_role("link", name="Commencer ma candidature"))
    _type(visited, page.get_by_label("Pourquoi servir un ministère"), MOTIVATION)
    _type(visited, page.get_by_label("Qu’avez-vous lancé"), ENTERPRISE)
    _press(visited, page.get_by_role("button", name="Enregistrer", exact=True))
    _press(visited, page.get_by_role("link", name="Relire et déposer"))
    expect(page.get_by_role("button", name="Déposer ma candidature")).to_be_visible()
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        _press(visited, box, "Space")
    _press(visited, page.get_by_role("button", name="Déposer ma candidature"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ma candidature au vivier")


def _erase(visited: Visit) -> None:
    page = visited.page
    visited.open("/mes-donnees")
    _press(visited, page.get_by_role("link", name="Effacer"))
    _type(visited, page.get_by_label("Votre mot de passe"), SECRET)
    _type(visited, page.get_by_label("Tapez le mot"), "effacer")
    _press(visited, page.get_by_role("button", name="Effacer pour toujours"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("effac")


def test_from_an_account_to_its_end_by_keys(
    visit: Callable[..., Visit], served_database: Path
) -> None:
    visited = visit()
    _open_account(visited, served_database)
    _write_profile(visited)
    _apply(visited)
    _erase(visited)
    assert visited.complaints == []
    assert _traces(served_database, NAME, ADDRESS, ENTERPRISE) == []
