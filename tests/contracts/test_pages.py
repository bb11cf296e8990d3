"""Every page that any role can reach is whole: the proof-reading client reads them all, in both languages."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Set
from datetime import date
from html import unescape

import pytest

from talentpool.access import Role
from talentpool.accounts.queries import account_at
from talentpool.admissions.decision_forms import DECLINE_SENTENCES, WAIT_SENTENCE
from talentpool.db import db
from talentpool.demo.services import ACCOUNTS, seed
from talentpool.translations.__main__ import catalogues, read
from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.proofreader import ProofreadingClient
from tests.signing_in import signed_in

WRITTEN = {WAIT_SENTENCE, *DECLINE_SENTENCES.values()}
TEXT = re.compile(r">([^<>]+)<")
LINK = re.compile(r'href="(/[^"#]*)"')
VARIANTS = 2


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    app = migrated_app(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    with app.app_context():
        seed(date(2026, 11, 24))
        db.session.commit()
    yield from disposed(app)


def browser_of(seeded: Application, email: str) -> ProofreadingClient:
    with seeded.app_context():
        return signed_in(seeded, account_at(email))


@pytest.fixture(scope="module")
def french() -> frozenset[str]:
    """Give what English readers must not read: texts of three words at least, since data has short ones."""
    [path] = catalogues()
    texts = {one.id: one.string for one in read(path) if isinstance(one.id, str)}
    # What the agency began with and sent is the person's letter, in the language that it was written in.
    texts = {text: english for text, english in texts.items() if text not in WRITTEN}
    return frozenset(
        text for text, english in texts.items() if text.count(" ") > 1 and text != english
    )


def crawled(browser: ProofreadingClient, unwanted: Set[str] = frozenset()) -> dict[str, int]:
    """Open every page within reach, a few of each kind, and return the statuses; none says an unwanted text."""
    waiting, statuses, kinds = ["/"], {}, Counter()
    while waiting:
        address = waiting.pop(0).replace("&amp;", "&")
        kind = re.sub(r"[0-9a-f]{20,}|\d+", "N", address)
        if address in statuses or kinds[kind] >= VARIANTS or "/langue/" in address:
            continue
        kinds[kind] += 1
        with browser.get(address) as answer:
            statuses[address] = answer.status_code
            if answer.mimetype == "text/html":
                page = answer.get_data(as_text=True)
                waiting += LINK.findall(page)
                english, _sign, _letter = page.partition('<div lang="fr"')
                said = {" ".join(unescape(text).split()) for text in TEXT.findall(english)}
                assert said & unwanted == set(), address
    return statuses


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", [None, *Role])
def test_every_page_within_reach_is_whole(
    role: Role | None, language: str, seeded: Application, french: frozenset[str]
) -> None:
    email = next((email for email, _name, held in ACCOUNTS if held is role), None)
    browser = browser_of(seeded, email) if email else seeded.test_client()
    browser.get(f"/langue/{language}")
    statuses = crawled(browser, french if language == "en" else frozenset())
    assert {a: s for a, s in statuses.items() if s not in {200, 303}} == {}
    assert len(statuses) > (5 if role is None else 8)


def test_reading_changes_no_row(seeded: Application) -> None:
    def rows() -> dict[str, int]:
        with seeded.app_context():
            return {
                name: db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one()
                for name, table in db.metadata.tables.items()
            }

    browser = browser_of(seeded, "agence@demo.example")
    before = rows()
    crawled(browser)
    assert rows() == before


@pytest.fixture
def hostile() -> str:
    return "\"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(2)>' OR 1=1 --"


def test_hostile_text_is_shown_as_text(
    hostile: str, app: Application, client_as: Callable[[Role], ProofreadingClient]
) -> None:
    from tests.factories.needs import make_need
    from tests.factories.talents import make_talent

    need = make_need(title=hostile, summary=hostile, text=hostile, town=hostile, themes=[hostile])
    talent = make_talent(
        display_name=hostile[:100], headline=hostile, text=hostile, experience=[hostile]
    )
    browser = client_as(Role.AGENCY_STAFF)
    seat = need.seats[0]
    browser.post(f"/postes/{seat.id}/classer")
    for address in (
        "/besoins",
        f"/besoins/{need.id}",
        f"/talents/{talent.id}",
        f"/talents/{talent.id}/modifier",
        "/talents",
        "/postes",
        f"/postes/{seat.id}",
    ):
        page = browser.get(address).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{7*7}}" in page or "49" not in page
