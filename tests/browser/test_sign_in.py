"""Proving twice who one is, in a real browser: a code, a recovery code, a key that the browser pretends to hold."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import CDPSession, expect

from talentpool.accounts import factors
from talentpool.demo.services import PASSWORD
from tests.browser.conftest import Visit, fresh_code
from tests.browser.test_keyboard import _press, _reach

CODES = "/mon-compte/codes-de-secours"


@pytest.fixture
def visited(visit: Callable[..., Visit]) -> Visit:
    return visit()


@pytest.fixture
def key(visited: Visit) -> Iterator[CDPSession]:
    """Plug a security key into the browser: one that is touched as soon as it is asked."""
    session = visited.page.context.new_cdp_session(visited.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": False,
        "isUserVerified": False,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


def give_password(visited: Visit, who: str) -> None:
    page = visited.page
    visited.open("/connexion")
    page.get_by_label("Adresse électronique").fill(f"{who}@demo.example")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prouver que c’est bien vous")


def sign_out(visited: Visit) -> None:
    visited.page.get_by_role("button", name="Se déconnecter").first.click()
    visited.page.wait_for_url(visited.address + "/")


def remove_all(visited: Visit) -> None:
    """Leave a talent's account as it was found."""
    page = visited.page
    visited.open("/mon-compte")
    while page.get_by_role("link", name="Retirer").count():
        page.get_by_role("link", name="Retirer").first.click()
        page.get_by_role("button", name="Retirer").click()
        page.wait_for_url(visited.address + "/mon-compte")


def test_an_application_is_set_up_by_keys_and_then_asked_for(visited: Visit) -> None:
    page = visited.page
    visited.sign_in_anew("vivier")
    visited.open("/mon-compte/application")
    assert visited.is_sound()
    secret = page.locator(".tp-secret").inner_text().replace(" ", "")
    _reach(visited, page.get_by_label("Comment l’appeler"))
    page.keyboard.type("Téléphone vert")
    _reach(visited, page.get_by_label("Code à six chiffres"))
    page.keyboard.type(factors.code_at(secret, factors.present_counter()))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    assert visited.is_sound()
    codes = page.locator(".tp-codes code").all_inner_texts()
    _press(visited, page.get_by_role("button", name="Je les ai gardés"))
    expect(page.get_by_text("Il reste 10 codes de secours")).to_be_visible()
    assert visited.is_sound()

    sign_out(visited)
    give_password(visited, "vivier")
    assert visited.is_sound()
    # The present code has served to set up; the next one is good already.
    page.get_by_label("Code à six chiffres").fill(
        factors.code_at(secret, factors.present_counter() + 1)
    )
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(visited.address + "/")

    sign_out(visited)
    give_password(visited, "vivier")
    page.get_by_label("Code de secours").fill(codes[3])
    page.get_by_role("button", name="Utiliser ce code de secours").click()
    expect(page.get_by_text("Il vous reste 9 codes de secours")).to_be_visible()
    remove_all(visited)


def test_a_key_is_registered_and_then_opens(visited: Visit, key: CDPSession) -> None:
    page = visited.page
    visited.sign_in_anew("talent")
    visited.open("/mon-compte/cle")
    expect(page.get_by_text("demande un navigateur récent")).to_be_hidden()
    assert visited.is_sound()
    page.get_by_label("Comment l’appeler").fill("Clé bleue")
    page.get_by_role("button", name="Enregistrer ma clé").click()
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    visited.open("/mon-compte")
    expect(page.get_by_text("Clé bleue – Clé de sécurité")).to_be_visible()

    visited.open("/mon-compte/cle")
    page.get_by_label("Comment l’appeler").fill("La même")
    page.get_by_role("button", name="Enregistrer ma clé").click()
    expect(page.get_by_role("alert")).to_contain_text("déjà enregistrée")

    for _time in range(2):
        sign_out(visited)
        give_password(visited, "talent")
        assert visited.is_sound()
        page.get_by_role("button", name="Utiliser ma clé").click()
        page.wait_for_url(visited.address + "/")
    remove_all(visited)


def test_staff_prove_it_at_each_sign_in(visited: Visit) -> None:
    page = visited.page
    give_password(visited, "relais")
    page.get_by_label("Code à six chiffres").fill("000000")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Une réponse est à corriger")).to_be_visible()
    assert visited.is_sound()
    page.get_by_label("Code à six chiffres").fill(fresh_code("relais"))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(visited.address + "/")
    visited.open("/mon-compte")
    expect(page.get_by_text("Téléphone de la démonstration")).to_be_visible()


def test_a_session_about_to_end_says_so_and_goes_on(visited: Visit) -> None:
    page = visited.page
    page.clock.install()
    visited.sign_in("talent")
    visited.open("/mon-compte/adresse")
    page.get_by_label("Nouvelle adresse").fill("elsewhere@courriel.example")
    said = page.get_by_role("dialog", name="Votre session")
    page.clock.fast_forward("27:00")
    expect(said).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(said).to_contain_text("dans deux minutes")
    assert visited.is_sound()
    _press(visited, said.get_by_role("button", name="Prolonger ma session"))
    expect(said).to_be_hidden()

    page.clock.fast_forward("29:00")
    expect(said).to_contain_text("dans deux minutes")
    page.clock.fast_forward("02:00")
    expect(said).to_contain_text("Elle est terminée")
    assert visited.is_sound()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Nouvelle adresse")).to_have_value("elsewhere@courriel.example")


def test_one_tab_in_use_keeps_the_others_quiet(visited: Visit) -> None:
    page = visited.page
    page.clock.install()
    visited.sign_in("talent")
    visited.open("/mon-compte")
    page.clock.fast_forward("27:00")
    other = page.context.new_page()
    other.goto(visited.address + "/mon-profil")
    other.close()
    page.clock.fast_forward("02:00")
    expect(page.get_by_role("dialog", name="Votre session")).to_be_hidden()
