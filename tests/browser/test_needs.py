"""A ministry's need from an empty page to the board and back: by its member, the agency, a talent and a visitor."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

SUMMARY = "Repérer plus tôt les circuits de blanchiment dans les déclarations de soupçon."
PROBLEM = (
    "Chaque année, des dizaines de milliers de déclarations de soupçon arrivent au service. Les mêmes "
    "personnes y portent des noms écrits autrement, et les récits sont lus un par un. Des réseaux entiers "
    "nous échappent, faute de rapprocher ce que nous savons déjà."
)
#: Steps of one text each: the step, the field, what is written.
TEXTS = (
    ("Les bénéficiaires", "Les bénéficiaires", "Cent enquêteurs et analystes."),
    (
        "La piste de solution",
        "La piste de solution",
        "Rapprocher les identités, dessiner les graphes de relations, classer les récits par sujet.",
    ),
)
EXIT = "Deux ingénieurs du service reprennent le code ; un poste de plus est inscrit au budget."
CRITERIA = 9


def _save(page: Page, *, back: bool = True) -> None:
    name = "Enregistrer et revenir à la liste" if back else "Enregistrer et continuer"
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text("Étape enregistrée.")).to_be_visible()


def _open_step(page: Page, step: str) -> None:
    page.get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(step)


def _write_text(page: Page, step: str, label: str, words: str) -> None:
    _open_step(page, step)
    page.get_by_label(label).fill(words)
    _save(page)


def _ask_skill(page: Page, place: int, typed: str, label: str, *, scripts: bool) -> None:
    """Ask for a skill: found by any of its names where scripts run, chosen in the list elsewhere."""
    field = page.get_by_role("combobox", name=f"Compétence {place}", exact=True)
    if not scripts:
        field.select_option(label=label)
        return
    field.press_sequentially(typed, delay=20)
    page.get_by_role("listbox").get_by_role("option", name=label).first.click()
    expect(field).to_have_value(label)


def _add_seat(page: Page, title: str, typed: str, skill: str, *, scripts: bool) -> None:
    page.get_by_role("link", name="Ajouter un poste").first.click()
    page.get_by_label("Intitulé du poste").fill(title)
    page.get_by_label("Famille de métiers").select_option(label="Donnée et IA")
    _ask_skill(page, 1, typed, skill, scripts=scripts)
    page.get_by_label("Part de temps plein").fill("100")
    page.get_by_role("button", name="Estimer").click()
    expect(page.locator("[data-chances]")).to_contain_text("vivier")
    page.get_by_role("button", name="Enregistrer le poste").click()
    expect(page.get_by_text("Poste ajouté.")).to_be_visible()


def _begin(page: Page, title: str) -> None:
    page.get_by_role("link", name="Décrire un besoin").first.click()
    page.get_by_label("Nom du besoin").fill(title)
    page.get_by_label("En une phrase").fill(SUMMARY)
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def _evaluate(page: Page) -> None:
    """Take the evaluation that the need lacks, and give it."""
    page.get_by_role("link", name="Évaluations et décision").click()
    page.get_by_role("button", name="Prendre une évaluation").click()
    if "/evaluations/" not in page.url:
        page.get_by_role("link", name="Écrire mon évaluation").click()
    yes = page.get_by_label("4 – oui")
    expect(yes).to_have_count(CRITERIA)
    for place in range(CRITERIA):
        yes.nth(place).check(force=True)
    for comment in page.get_by_label("Ce qui fonde ces notes").all():
        comment.fill("Un problème réel, des données ouvertes.")
    page.get_by_label("Retenir", exact=True).check(force=True)
    page.get_by_role("button", name="Rendre mon évaluation").click()
    expect(page.get_by_text("Évaluation rendue.")).to_be_visible()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_from_an_empty_page_to_the_board_and_back(
    width: int, scripts: bool, visit: Callable[..., Visit]
) -> None:
    member = visit(width=width, java_script_enabled=scripts)
    officer, visitor = visit(), visit(width=width, java_script_enabled=scripts)
    title = f"Hopkins {width}"

    def sound(visited: Visit) -> None:
        assert not scripts or visited.is_sound()

    # The member writes in several steps, each saved; what is missing is named before it is submitted.
    member.sign_in("ministere")
    page = member.page
    member.open("/besoins")
    _begin(page, title)
    sound(member)
    page.get_by_role("link", name="Relire et déposer").click()
    expect(page.locator("#lacking")).to_contain_text("Au moins un poste")
    page.get_by_role("link", name="Le problème et son contexte", exact=True).click()
    page.get_by_label("Le problème et son contexte").fill(PROBLEM)
    sound(member)
    _save(page)
    for step, label, words in TEXTS:
        _write_text(page, step, label, words)
    writing = page.url
    _open_step(page, "Les postes")
    sound(member)
    _add_seat(
        page,
        "Données structurées",
        "graphe",
        "Graphes et rapprochement d'identités",
        scripts=scripts,
    )
    page.goto(f"{writing}/postes")
    _add_seat(page, "Textes", "nlp", "Langage naturel", scripts=scripts)
    sound(member)
    page.goto(writing)
    page.get_by_role("link", name="Relire et déposer").click()
    expect(page.get_by_text("Rien d’obligatoire ne manque.")).to_be_visible()
    sound(member)
    page.get_by_role("button", name="Déposer ce besoin").click()
    expect(page.get_by_text("Besoin déposé.")).to_be_visible()
    expect(page.get_by_text("Réponse promise avant le").first).to_be_visible()
    sound(member)
    need = page.url

    # The agency examines it, and asks for what is missing; the member brings it.
    officer.sign_in("agence")
    review = officer.page
    review.goto(need)
    review.get_by_role("button", name="Commencer l’instruction").click()
    review.get_by_role("link", name="Demander un complément").click()
    review.get_by_label("Ce qui manque, et pourquoi").fill("Dites ce qui suivra la mission.")
    assert officer.is_sound()
    review.get_by_role("button", name="Envoyer la demande").click()
    page.reload()
    expect(page.get_by_text("Dites ce qui suivra la mission.").first).to_be_visible()
    sound(member)
    page.get_by_role("link", name="Modifier le besoin").click()
    _write_text(page, "Le plan de sortie", "Le plan de sortie", EXIT)
    page.goto(need)
    page.get_by_role("link", name="Rendre le besoin complété").click()
    page.get_by_label("Ce que vous avez ajouté ou corrigé").fill("Le plan de sortie est écrit.")
    page.get_by_role("button", name="Rendre à l’agence").click()
    expect(page.get_by_text("Complément envoyé")).to_be_visible()

    # It is evaluated, approved, and read by everybody, mistyped as it may be.
    review.goto(need)
    _evaluate(review)
    assert officer.is_sound()
    review.get_by_role("button", name="Retenir ce besoin").click()
    expect(review.get_by_text("ses postes sont à pourvoir")).to_be_visible()
    assert officer.is_sound()
    visitor.open("/besoins-ouverts")
    visitor.page.get_by_role("searchbox").fill(f"blanchimment {width}")
    visitor.page.get_by_role("button", name="Chercher").click()
    visitor.page.get_by_role("link", name=title).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.page.get_by_text("Cent enquêteurs")).to_be_visible()
    sound(visitor)

    # The ministry takes it back: it is no longer to be read.
    page.goto(need)
    page.get_by_role("link", name="Retirer ce besoin").click()
    page.get_by_label("priorités changées").check(force=True)
    page.get_by_role("button", name="Retirer le besoin").click()
    expect(page.get_by_text("Besoin retiré").first).to_be_visible()
    sound(member)
    visitor.page.reload()
    expect(visitor.page.get_by_text("n’est plus ouvert").first).to_be_visible()
    assert title not in visitor.page.locator("main").inner_text()


def _reach(page: Page, wanted: Locator) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_a_need_is_written_and_submitted_by_keys_alone(visit: Callable[..., Visit]) -> None:
    visited = visit()
    visited.sign_in("ministere")
    page = visited.page
    visited.open("/besoins/nouveau")

    def type_into(label: str, words: str) -> None:
        _reach(page, page.get_by_label(label).first)
        page.keyboard.type(words)

    def press(role: str, name: str) -> None:
        _reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        with page.expect_navigation():
            page.keyboard.press("Enter")

    type_into("Nom du besoin", "Au clavier")
    type_into("En une phrase", SUMMARY)
    press("button", "Commencer")
    press("link", "Le problème")
    type_into("Le problème et son contexte", "Tout se lit à la main.")
    press("button", "Enregistrer et revenir à la liste")
    press("link", "Les postes")
    press("link", "Ajouter un poste")
    type_into("Intitulé du poste", "Lecture des textes")
    _reach(page, page.get_by_role("combobox", name="Compétence 1", exact=True))
    page.keyboard.type("ML", delay=30)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Compétence 1", exact=True)).to_have_value(
        "Apprentissage automatique"
    )
    press("button", "Enregistrer le poste")
    press("link", "Revenir à la liste")
    press("link", "Relire et déposer")
    press("button", "Déposer ce besoin")
    expect(page.get_by_text("Besoin déposé.")).to_be_visible()


def test_what_was_typed_outlives_the_session(visit: Callable[..., Visit]) -> None:
    visited = visit(width=390)
    visited.sign_in("ministere")
    page = visited.page
    visited.open("/besoins")
    _begin(page, "Session perdue")
    _open_step(page, "Les risques")
    field = page.get_by_role("textbox").first
    field.fill("Un fournisseur unique tient les données.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Enregistrer et revenir à la liste").click()
    page.get_by_label("Adresse électronique").fill("ministere@demo.example")
    page.get_by_label("Mot de passe", exact=True).fill("une demo sans secret")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Un fournisseur unique tient les données.").first).to_be_visible()
    assert visited.is_sound()
    page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_text("Étape enregistrée.")).to_be_visible()
