"""The agency's journey: from a seat to a person on its shortlist."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

NOTE = "A déjà mené un chantier semblable."


def _rank_a_seat(visited: Visit, position: int) -> None:
    """Open a seat that nobody has ranked for yet, and have the pool ranked."""
    page = visited.page
    visited.follow_menu("Postes")
    expect(page.get_by_role("heading", level=1)).to_have_text("Postes")
    row = page.get_by_role("row").filter(has_text="À classer").nth(position)
    row.get_by_role("link").first.click()
    page.get_by_role("button", name="Classer le vivier").click()
    expect(page.get_by_role("heading", name="Le classement")).to_be_visible()


def _shortlist_the_first(visited: Visit) -> str:
    """Open the first suggestion and shortlist it; give the person's code."""
    page = visited.page
    first = page.locator(".tp-suggestion").first.get_by_role("link").first
    code = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    page.get_by_label("Présélection").check(force=True)
    page.get_by_label("Raison").select_option("skills_fit")
    page.get_by_label("Précisions").fill(NOTE)
    page.get_by_role("button", name="Enregistrer la décision").click()
    return code


@pytest.mark.parametrize(("width", "position"), [(1280, 0), (390, 3)])
def test_a_seat_is_ranked_and_somebody_shortlisted(
    visit: Callable[..., Visit], width: int, position: int
) -> None:
    visited = visit(width=width)
    page = visited.page
    visited.open("/connexion")
    assert visited.is_sound()
    visited.sign_in("agence")
    assert visited.is_sound()

    _rank_a_seat(visited, position)
    assert visited.is_sound()
    scores = page.locator(".tp-suggestion__score strong").all_inner_texts()
    figures = [float(score.replace(",", ".")) for score in scores]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 0

    page.locator(".tp-suggestion").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Pourquoi ce rang")).to_be_visible()
    assert visited.is_sound()
    page.go_back()

    code = _shortlist_the_first(visited)
    shortlist = page.get_by_role("region", name="1 personne présélectionnée")
    expect(shortlist).to_contain_text("les compétences correspondent")
    expect(shortlist).not_to_contain_text(code)
    decisions = page.get_by_role("table", name="1 décision")
    expect(decisions).to_contain_text("Oriane Tissandier")
    expect(decisions).to_contain_text(NOTE)
    assert visited.is_sound()


def test_the_whole_journey_works_without_scripts(visit: Callable[..., Visit]) -> None:
    visited = visit(java_script_enabled=False)
    visited.sign_in("agence")
    _rank_a_seat(visited, 6)
    _shortlist_the_first(visited)
    expect(visited.page.get_by_role("region", name="1 personne présélectionnée")).to_be_visible()
