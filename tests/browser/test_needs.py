"""A ministry's need from an empty page to the public board and back: by its member, the agency and a visitor."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

TITLE = "Hopkins"
SUMMARY = "Repérer plus tôt les circuits de blanchiment dans les déclarations de soupçon."
PROBLEM = (
    "Chaque année, des dizaines de milliers de déclarations de soupçon arrivent au service. Les mêmes "
    "personnes y portent des noms écrits autrement, et les récits sont lus un par un. Des réseaux entiers "
    "nous échappent, faute de rapprocher ce que nous savons déjà."
)
SOLUTION = (
    "Rapprocher les identités, dessiner les graphes de relations, classer les récits par sujet. Un essai "
    "en Python sur mille déclarations a convaincu les enquêteurs."
)
EXIT = (
    "Deux ingénieurs du service reprennent le code ; une personne de plus est inscrite au budget."
)
SEATS = (
    ("Science des données structurées", "Graphes et rapprochement d’identités"),
    ("Science des textes", "Langage naturel"),
)


def _save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()


def _write(page: Page, step: str, label: str, words: str) -> None:
    """Write one step's text, reached from the list of steps."""
    page.get_by_role("link", name=step, exact=True).click()
    page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Enregistrer et revenir à la liste").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


@pytest.mark.parametrize("width", [1280, 390])
def test_from_an_empty_page_to_the_board(width: int, visit: Callable[..., Visit]) -> None:
    member, officer, visitor = visit(width=width), visit(), visit(width=width)
    title = f"{TITLE} {width}"
