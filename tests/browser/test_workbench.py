"""From a ranking to two yeses, in three browsers: the officer, the host and the talent; then replayed and explained."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

SEAT = "Ingénierie des données de l’emploi saisonnier"
NAME, CODE = "Youssef Kermorvan", "T-0050"


def _answer(visited: Visit, reason: str) -> None:
    visited.page.get_by_label(reason).check(force=True)
    visited.page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(visited.page.get_by_text("Réponse enregistrée.")).to_be_visible()


def _open_own(visited: Visit, name: str | re.Pattern[str]) -> None:
    visited.open("/mes-propositions")
    assert visited.is_sound()
    visited.page.get_by_role("row").filter(has_text=SEAT).get_by_role("link", name=name).click()
    expect(visited.page.get_by_role("heading", level=1)).to_be_visible()


def _words(page: Page) -> str:
    return page.locator("main").inner_text()


def test_from_ranking_to_both_yeses(visit: Callable[..., Visit]) -> None:
    officer, host, talent = visit(), visit(), visit(width=390)
    officer.sign_in("agence")
    page = officer.page

    # The seat that has waited longest; nobody is named, and the first row decides by keys alone.
    officer.follow_menu("Postes")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SEAT)
    assert NAME not in _words(page)
    assert officer.is_sound()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=CODE, exact=True)).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator("select:focus")).to_have_value("shortlisted:skills_fit")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Décision enregistrée.")).to_be_visible()
    expect(page.locator("#shortlist")).to_be_visible()
    assert officer.is_sound()
    seat = page.url.partition("#")[0]

    # Two people side by side, and why one stands first.
    boxes = page.locator('input[name="p"]')
    boxes.nth(0).check(force=True)
    boxes.nth(1).check(force=True)
    page.get_by_role("button", name="Comparer les personnes cochées").click()
    expect(page.get_by_role("heading", name=re.compile("^Pourquoi .* est devant"))).to_be_visible()
    assert officer.is_sound()

    # Introduced to the host, who reads a sheet without a name.
    page.goto(seat)
    page.get_by_role("link", name=f"Proposer {NAME}").click()
    page.get_by_label("Mot pour l’administration").fill("Un profil rare, libre à vos dates.")
    page.get_by_role("button", name="Proposer cette personne").click()
    expect(page.get_by_text("Les deux côtés doivent répondre")).to_be_visible()
    assert officer.is_sound()
    proposal = page.url
    blind = f"P-{int(proposal.rpartition('/')[2]):04d}"

    host.sign_in("travail")
    host.follow_menu("Propositions")
    _open_own(host, blind)
    assert NAME not in _words(host.page)
    expect(host.page.get_by_text("Un profil rare")).to_be_visible()
    assert host.is_sound()
    _answer(host, "Oui – les compétences correspondent")
    assert NAME not in _words(host.page)

    talent.sign_in("vivier")
    # Another link of the row asks why, « pour » the seat.
    _open_own(talent, re.compile(f"^{SEAT}"))
    assert talent.is_sound()
    _answer(talent, "Oui – le sujet m’intéresse")
    expect(talent.page.get_by_text("Proposez un moment")).to_be_visible()

    # Names have passed; the host offers a time, the talent takes it, both have met.
    host.page.reload()
    expect(host.page.get_by_role("heading", level=1)).to_contain_text(NAME)
    host.page.get_by_role("link", name="Proposer des moments").click()
    soon = date.today() + timedelta(days=3)
    host.page.get_by_label("Premier moment").fill(f"{soon.isoformat()}T10:00")
    host.page.get_by_label("Lieu").fill("Salle des archives")
    assert host.is_sound()
    host.page.get_by_role("button", name="Proposer ces moments").click()
    talent.page.reload()
    talent.page.get_by_role("button", name="Choisir ce moment").click()
    expect(talent.page.get_by_text("Entretien fixé")).to_be_visible()
    expect(talent.page.get_by_role("link", name="Ajouter à mon agenda")).to_be_visible()
    assert talent.is_sound()
    page.goto(proposal)
    page.get_by_role("button", name="Noter que l’entretien a eu lieu").click()
    expect(page.get_by_text("chaque côté donne maintenant son accord")).to_be_visible()

    # Each gives its final yes, in whichever order; the agency confirms within the cap, or is told why not.
    talent.page.reload()
    _answer(talent, "Oui – les dates")
    host.page.goto(host.page.url.partition("?")[0])
    _open_own(host, NAME)
    _answer(host, "Oui – l’expérience correspond")
    page.goto(proposal)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("Proposition confirmée.")).to_be_visible()
    expect(
        page.get_by_text("1 autre proposition de la même personne devient caduque.")
    ).to_be_visible()
    assert officer.is_sound()
    officer.open("/tableau")
    confirmed = page.locator("[data-column=confirmed]")
    expect(confirmed.get_by_text(NAME).first).to_be_visible()
    assert officer.is_sound()

    # A year later: the ranking computed again, beside today's, and the decision explained to who asks.
    page.goto(seat)
    page.get_by_role("link", name=re.compile("^Rejouer le classement")).first.click()
    expect(page.get_by_role("heading", name="Identique")).to_be_visible()
    page.goto(seat)
    page.get_by_role("link", name=re.compile("^Ce qui a changé depuis")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert officer.is_sound()
    page.goto(seat)
    page.locator("#suggestions").get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="Expliquer la décision à la personne").click()
    expect(page.get_by_text("proposé votre profil pour ce poste")).to_be_visible()
    assert officer.is_sound()
    page.get_by_role("button", name=re.compile("Éditer l’explication")).click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name=re.compile("PDF|Télécharger")).first.click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF-")
