"""The journeys by keys alone: whatever is to be used is reached by Tab, in sight, and answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from talentpool.demo.services import PASSWORD
from tests.browser.conftest import Visit, fresh_code

MOST_TABS = 80


def _reach(visited: Visit, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus, and see that the focus shows."""
    for _ in range(MOST_TABS):
        visited.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            outline = wanted.evaluate(
                "element => [element, ...(element.labels ?? [])].some("
                "part => ['', '::before'].some(pseudo => "
                "getComputedStyle(part, pseudo || null).outlineStyle !== 'none'))"
            )
            assert outline, "the focus does not show"
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def _press(visited: Visit, wanted: Locator, key: str = "Enter") -> None:
    _reach(visited, wanted)
    visited.page.keyboard.press(key)


def _sign_in(visited: Visit, who: str) -> None:
    page = visited.page
    visited.open("/connexion")
    _reach(visited, page.get_by_label("Adresse électronique"))
    page.keyboard.type(f"{who}@demo.example")
    _reach(visited, page.get_by_label("Mot de passe", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/connexion"))
    if "/connexion/verification" in page.url:
        _reach(visited, page.get_by_label("Code à six chiffres"))
        page.keyboard.type(fresh_code(who))
        page.keyboard.press("Enter")
    page.wait_for_url(visited.address + "/")


@pytest.mark.parametrize(
    ("who", "entry"),
    [
        ("talent", "Mon profil"),
        ("ministere", "Nos besoins"),
        ("direction", "Talents"),
        ("admin", "Comptes"),
    ],
)
def test_each_role_signs_in_and_moves_by_keys(
    visit: Callable[..., Visit], who: str, entry: str
) -> None:
    visited = visit()
    _sign_in(visited, who)
    page = visited.page
    page.reload()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Contenu")
    link = page.get_by_role("navigation").get_by_role("link", name=entry, exact=True)
    target = link.get_attribute("href")
    _press(visited, link)
    page.wait_for_url(visited.address + (target or ""))


def test_the_agency_shortlists_by_keys(visit: Callable[..., Visit]) -> None:
    visited = visit()
    page = visited.page
    _sign_in(visited, "agence")
    visited.open("/postes")
    row = page.get_by_role("row").filter(has_text="À classer").last
    _press(visited, row.get_by_role("link").first)
    expect(page.get_by_role("button", name="Classer le vivier")).to_be_visible()
    _press(visited, page.get_by_role("button", name="Classer le vivier"))
    expect(page.get_by_role("heading", name="Le classement")).to_be_visible()
    _press(visited, page.locator(".tp-suggestion").first.get_by_role("link").first)
    expect(page.get_by_role("heading", name="Pourquoi ce rang")).to_be_visible()
    _press(visited, page.get_by_label("Présélection"), "Space")
    _reach(visited, page.get_by_label("Raison"))
    page.keyboard.type("Les compétences")
    _press(visited, page.get_by_role("button", name="Enregistrer la décision"))
    expect(page.get_by_role("region", name="1 personne présélectionnée")).to_be_visible()
