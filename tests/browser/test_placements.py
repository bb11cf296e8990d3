"""The agency's quarter: a spreadsheet in, renewals, ends, placements, refusals, absences, and the time line."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

TODAY = date.today()
DAY = timedelta(days=1)
HEADER = [
    "Identifiant de la personne",
    "Nom",
    "Famille de métiers",
    "Contrat du",
    "Contrat jusqu’au",
    "Part du contrat",
    "Administration porteuse",
    "Mission",
    "Poste",
    "Mission du",
    "Mission jusqu’au",
    "Part de la mission",
    "Convention signée le",
    "Lettre signée le",
]


def _french(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _spreadsheet(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "agence.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
    return path


def _row(person: str, name: str, *, ends: date, share: str = "100") -> list[str]:
    began = TODAY - timedelta(days=200)
    return [
        person,
        name,
        "Développement",
        _french(began),
        _french(TODAY + timedelta(days=400)),
        "100 %",
        "Ministère de la Culture",
        f"Archives vivantes {person}",
        "Développement",
        _french(began),
        _french(ends),
        share,
        _french(began - timedelta(days=10)),
        _french(began - timedelta(days=10)),
    ]


def _import(visited: Visit, path: Path, *, dry_run: bool = False) -> None:
    page = visited.page
    visited.open("/placements/importer")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("Provenance").fill(f"tableau-{path.parent.name}")
    if dry_run:
        page.get_by_label("Vérifier seulement").check(force=True)
    page.get_by_role("button", name="Importer").click()


def _fill_booking(page: Page, start: date | None, end: date, share: str) -> None:
    if start is not None:
        page.get_by_label("Premier jour").fill(start.isoformat())
    page.get_by_label("Dernier jour").fill(end.isoformat())
    page.get_by_label("Part de temps plein").fill(share)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_quarter_of_the_agency(visit: Callable[..., Visit], tmp_path: Path, width: int) -> None:
    visited = visit(width=width)
    page = visited.page
    visited.sign_in("agence")

    # The cap is full: a row of the spreadsheet is refused, with its day and the first day that fits.
    name = f"Essai Largeur {width}"
    rows = [_row(f"x{width}", name, ends=TODAY + timedelta(days=60))]
    path = _spreadsheet(tmp_path, rows)
    _import(visited, path, dry_run=True)
    expect(page.get_by_text("Le plafond serait dépassé").first).to_be_visible()
    assert visited.is_sound()

    # Somebody whom the agency does not pay comes in beside the cap.
    disposal = [cell.replace("Contrat jusqu’au", "Contrat jusqu’au") for cell in HEADER]
    rows = [[*rows[0], "Autre employeur (à disposition)"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[*disposal, "Employeur"], *rows])
    _import(visited, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visited.open("/placements/liste")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text("Prochaine étape : décider la suite")).to_be_visible()
    assert visited.is_sound()
    shown = page.url

    # Renewed for longer than the contract lasts: refused, then within it: accepted.
    page.get_by_role("link", name="Décider la suite").first.click()
    page.get_by_label("Renouveler avec la même personne").check(force=True)
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Renouveler le placement")
    _fill_booking(page, TODAY + timedelta(days=61), TODAY + timedelta(days=500), "100")
    page.get_by_role("button", name="Créer le renouvellement").click()
    expect(page.locator("#error-summary")).to_contain_text("La personne n’a pas de contrat le")
    assert visited.is_sound()
    _fill_booking(page, TODAY + timedelta(days=61), TODAY + timedelta(days=300), "80")
    page.get_by_role("button", name="Créer le renouvellement").click()
    expect(page.get_by_text("Prochaine étape : signer")).to_be_visible()

    # Nothing starts unsigned.
    page.get_by_label("Lettre de mission signée le").fill(TODAY.isoformat())
    page.get_by_role("button", name="Noter Lettre de mission signée le").click()
    expect(page.get_by_text("Prochaine étape : l’arrivée")).to_be_visible()
    page.get_by_role("button", name="Noter Personne arrivée le").click()
    expect(page.get_by_text("L’arrivée se note entre")).to_be_visible()

    # Placed once more on top: refused by how much, and from when it would fit.
    visited.open("/postes")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Placer quelqu’un").click()
    page.get_by_label("Personne").select_option(
        label=page.locator("option", has_text=name).first.inner_text()
    )
    _fill_booking(page, TODAY, TODAY + timedelta(days=30), "50")
    page.get_by_role("button", name="Placer cette personne").click()
    expect(page.locator("#error-summary")).to_contain_text("La personne serait prise 50")
    expect(page.locator("#error-summary")).to_contain_text("Premier jour possible")
    assert visited.is_sound()

    # Away for a day and a half.
    page.goto(shown)
    page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="Noter une absence").click()
    page.get_by_label("Premier jour").fill(TODAY.isoformat())
    page.get_by_label("Dernier jour").fill((TODAY + DAY).isoformat())
    page.get_by_label("Jusqu’au").select_option("morning")
    page.get_by_role("button", name="Enregistrer l’absence").click()
    expect(page.get_by_text(f"{_french(TODAY + DAY)} (matin)")).to_be_visible()
    assert visited.is_sound()

    # It stands on the time line, which says by words and keys what it draws.
    visited.open(f"/placements?date={TODAY.isoformat()}&zoom=trimestre")
    chart = page.locator(".tp-timeline")
    expect(chart.get_by_role("link", name=name).first).to_be_visible()
    bar = chart.locator(f"a[aria-label*='{name}'], a:has(title:text-matches('{name}'))").first
    bar.focus()
    expect(page.locator(".tp-timeline__caption")).to_contain_text(name)
    assert visited.is_sound()

    # Interrupted: the seat is sought for again.
    page.goto(shown)
    page.get_by_role("link", name="Interrompre").click()
    page.get_by_label("Raison").select_option("host_stopped")
    page.get_by_role("button", name="Interrompre ce placement").click()
    expect(page.get_by_text("le poste est de nouveau à pourvoir")).to_be_visible()


def test_what_is_tried_is_kept_or_dropped(visit: Callable[..., Visit]) -> None:
    visited = visit()
    page = visited.page
    visited.sign_in("agence")
    visited.follow_menu("Placements")
    page.get_by_role("link", name="Essayer un mouvement").click()
    page.get_by_label("Essayer de").select_option("embaucher")
    page.get_by_label("Premier jour").fill(TODAY.isoformat())
    page.get_by_label("Dernier jour").fill((TODAY + timedelta(days=300)).isoformat())
    page.get_by_label("Part de temps plein").fill("100")
    page.get_by_role("button", name="Essayer").click()
    expect(page.get_by_role("table", name="en ETP")).to_be_visible()
    assert visited.is_sound()
    page.get_by_role("link", name="Laisser tomber").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Frise des placements")


def test_the_time_line_prints_whole(visit: Callable[..., Visit]) -> None:
    visited = visit()
    visited.sign_in("direction")
    visited.open("/placements?zoom=annee")
    visited.page.emulate_media(media="print")
    assert len(visited.page.pdf(format="A4", landscape=True)) > 10_000
    box = visited.page.locator(".tp-timeline__box")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")


def test_a_talent_and_a_ministry_read_their_missions(visit: Callable[..., Visit]) -> None:
    for who, menu in (("talent", "Ma mission"), ("ministere", "Nos missions")):
        visited = visit(width=390)
        page = visited.page
        visited.sign_in(who)
        visited.follow_menu(menu)
        assert visited.is_sound()
        page.get_by_role("table").get_by_role("link").first.click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Lettre de mission").click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
        assert visited.is_sound()


def test_the_time_line_is_walked_by_arrows(visit: Callable[..., Visit]) -> None:
    visited = visit()
    page = visited.page
    visited.sign_in("agence")
    visited.open("/placements?zoom=annee")
    caption = page.locator(".tp-timeline__caption")
    page.locator(".tp-timeline svg [tabindex='0']").first.focus()
    expect(caption).to_contain_text("sous contrat")
    page.keyboard.press("ArrowDown")
    expect(caption).not_to_contain_text("sous contrat")
    person = caption.inner_text().partition(",")[0]
    page.keyboard.press("End")
    expect(caption).to_contain_text(person)
    page.keyboard.press("ArrowDown")
    expect(caption).not_to_contain_text(person)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Frise des placements")
