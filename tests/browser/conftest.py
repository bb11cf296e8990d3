"""The served demo, a real browser, and the questions put to every page that it opens."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from talentpool.accounts import factors
from talentpool.demo.factors import secret_of
from talentpool.demo.services import PASSWORD
from tests.requirements import browser_path

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# A browser that speaks to nobody but the page's own host.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
STARTS_WITHIN = 180  # seconds
PATIENCE = 15_000  # milliseconds: machines that run other tests meanwhile are slow
expect.set_options(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server does not answer at {address}")


@pytest.fixture(scope="session")
def served_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file in which the served demo keeps everything."""
    return tmp_path_factory.mktemp("served") / "demo.db"


@pytest.fixture(scope="session")
def served(served_database: Path) -> Iterator[str]:
    """Serve the seeded demo as `make run` does, and give its address."""
    port, database = _free_port(), served_database
    environment = {
        **os.environ,
        "APP_PROFILE": "development",
        "DATABASE_URL": f"sqlite:///{database}",
        "PORT": str(port),
        # By name rather than by address: security keys know sites by their names.
        "PUBLIC_URL": f"http://localhost:{port}",
        "SIGN_IN_LIMIT": "1000 per minute",
    }
    command = [str(Path(sys.executable).with_name("talentpool"))]
    for step in (["migrate"], ["demo", "seed"]):
        subprocess.run(command + step, env=environment, cwd=ROOT, check=True, capture_output=True)
    with subprocess.Popen(
        [*command, "serve"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium on this machine, and none could be installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


#: The cookies with which each of the demo's accounts was signed in last: a code serves once, a cookie for long.
COOKIES: dict[str, list[Any]] = {}
_spent: dict[str, int] = {}


def fresh_code(who: str) -> str:
    """Return a code of a demo account that no test has used, once there is one that is good."""
    counter = max(factors.present_counter(), _spent.get(who, 0) + 1)
    while counter > factors.present_counter() + factors.DRIFT:
        time.sleep(0.5)
    _spent[who] = counter
    return factors.code_at(secret_of(f"{who}@demo.example"), counter)


class Visit:
    """Somebody's browser window on the served demo, and what it complained about."""

    def __init__(self, context: BrowserContext, address: str, *, runs_scripts: bool = True) -> None:
        self.page: Page = context.new_page()
        self.runs_scripts = runs_scripts
        self.address = address
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{self.page.url}: {said.text}")
                if said.type in {"error", "warning"} and not _is_a_status(said.text)
                else None
            ),
        )

    def open(self, path: str) -> None:
        """Open a page of the product."""
        self.page.goto(self.address + path)

    def sign_in(self, who: str) -> None:
        """Be signed in as one of the demo's accounts, with the cookie of an earlier visit if it still serves."""
        if who in COOKIES:
            self.page.context.add_cookies(COOKIES[who])
            self.open("/mon-compte")
            if self.page.url == f"{self.address}/mon-compte":
                self.open("/")
                return
        self.sign_in_anew(who)
        COOKIES[who] = [
            {name: cookie[name] for name in ("name", "value", "domain", "path")}
            for cookie in self.page.context.cookies()
        ]

    def sign_in_anew(self, who: str) -> None:
        """Go through every step of signing in, as one of the demo's accounts."""
        self.open("/connexion")
        self.page.get_by_label("Adresse électronique").fill(f"{who}@demo.example")
        self.page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Se connecter").click()
        self.page.wait_for_url(lambda address: not address.endswith("/connexion"))
        if "/connexion/verification" in self.page.url:
            self.page.get_by_label("Code à six chiffres").fill(fresh_code(who))
            self.page.get_by_role("button", name="Continuer").click()
        self.page.wait_for_url(self.address + "/")

    def follow_menu(self, name: str) -> None:
        """Follow an entry of the navigation, behind its button on a telephone."""
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible():
            menu.click()
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()

    def is_sound(self, *, with_axe: bool = True) -> bool:
        """Check the page: no violation that axe can find, nothing wider than the window, no complaint.

        Where scripts do not run no question can be put to the page: complaints are all there is.
        """
        if not self.runs_scripts:
            assert self.complaints == []
            return True
        if with_axe:
            # What passes is not told: telling it takes longer than finding it.
            found = self.page.evaluate(f"{AXE}; axe.run({{resultTypes: ['violations']}})")
            assert [_told(one) for one in found["violations"]] == [], self.page.url
        overflow = self.page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        )
        assert overflow <= 0, f"{self.page.url} is {overflow} pixels too wide"
        assert self.complaints == []
        return True


def _is_a_status(text: str) -> bool:
    """Whether the console only repeats an answer's status: a refused form answers 422."""
    return "the server responded with a status of 4" in text


def _told(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return f"{violation['id']}: " + "; ".join(str(node["html"])[:200] for node in nodes[:3])


@pytest.fixture
def visit(chromium: Browser, served: str) -> Iterator[Callable[..., Visit]]:
    """Return a maker of browser windows; keywords are Playwright's for a context."""
    contexts: list[BrowserContext] = []

    def start(*, width: int = 1280, **options: object) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visit(context, served, runs_scripts=bool(options.get("java_script_enabled", True)))

    yield start
    for context in contexts:
        context.close()
