"""Time what people do at the workbench: `python benchmarks/pages.py --profiles 1000 --json`.

A fresh database gets the demo, then as many profiles as asked through the product's own import; their
texts are re-drawn, field by field, from the demo's people. gunicorn serves it as `talentpool serve` does,
and an officer, a host and a talent then work through it over HTTP: each action is timed from the request
to the whole answer, redirects not followed, with the number of queries that it took. Prints
`{"action": {"median_ms": …, "p95_ms": …, "queries": …}}`; exits with 1 if a median passes the limit.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from talentpool.accounts.factors import code_at, present_counter
from talentpool.demo.factors import secret_of
from talentpool.demo.services import HERE as DEMO
from talentpool.demo.services import PASSWORD

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261125
#: The header in which `counting` says how many queries an answer took.
HEADER = "X-Queries"
LIMIT_MS = 300
PORT = 8790
STARTS_WITHIN = 60  # seconds
FOUND = (200, 303)


@dataclass
class Times:
    """What one action took, each time that it was done."""

    milliseconds: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """Return median and 95th percentile in milliseconds, and the median number of queries."""
        ordered = sorted(self.milliseconds)
        return {
            "median_ms": round(statistics.median(ordered), 1),
            "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
            "queries": int(statistics.median(self.queries)),
        }


class Browser:
    """One person's cookies on the served product; what they do is timed under its name."""

    def __init__(self, times: dict[str, Times], who: str) -> None:
        self.times = times
        self.cookies: SimpleCookie = SimpleCookie()
        self.page = ""
        self.get(None, "/connexion")
        email = f"{who}@demo.example"
        second_step = self.post(None, "/connexion", email=email, password=PASSWORD)
        if second_step != "/":
            self.get(None, second_step)
            self.post(None, second_step, code=code_at(secret_of(email), present_counter()))

    def get(self, action: str | None, path: str) -> str:
        """Open a page and return its text."""
        self.page, _location = self._ask(action, "GET", path, None)
        return self.page

    def post(self, action: str | None, path: str, **data: object) -> str:
        """Send a form with the token of the last page; return where the answer leads."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        body = urlencode({"csrf_token": token[1] if token else "", **data}, doseq=True)
        _text, location = self._ask(action, "POST", path, body)
        return location

    def _ask(self, action: str | None, method: str, path: str, body: str | None) -> tuple[str, str]:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v.value}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        took = (time.perf_counter() - began) * 1_000
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        connection.close()
        if answer.status not in FOUND:
            raise AssertionError(f"{method} {path} answered {answer.status}")
        if action:
            times = self.times.setdefault(action, Times())
            times.milliseconds.append(took)
            times.queries.append(int(answer.headers.get(HEADER, 0)))
        return text, answer.headers.get("Location", "")


def profiles(count: int) -> Iterator[dict[str, object]]:
    """Draw profiles whose fields come from different people of the demo."""
    random = Random(SEED)  # noqa: S311 - to be repeatable, not secret
    people = [json.loads(line) for line in (DEMO / "people.jsonl").read_text("utf-8").splitlines()]
    sentences = [s for one in people for s in re.split(r"(?<=[.!?])\s+", one["text"]) if s]
    for number in range(count):
        one, other = random.choice(people), random.choice(people)
        yield {
            "id": f"bench-{number}",
            "headline": one["headline"],
            "families": one["families"],
            "skills": [held["label"] for held in [*one["skills"][:4], *other["skills"][:2]]],
            "experience": [*one["experience"][:2], *other["experience"][:1]],
            "text": " ".join(random.sample(sentences, 6)),
        }


@contextmanager
def served(count: int, database: str) -> Iterator[None]:
    """Serve a fresh database with the demo and `count` more people."""
    environment = {
        **os.environ,
        "APP_PROFILE": "development",
        "DATABASE_URL": database,
        "SIGN_IN_LIMIT": "1000 per minute",
        "PORT": str(PORT),
    }
    command = str(Path(sys.executable).with_name("talentpool"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profiles.jsonl"
        lines = (json.dumps(profile, ensure_ascii=False) for profile in profiles(count))
        file.write_text("\n".join(lines), encoding="utf-8")
        steps = [["migrate"], ["demo", "seed"], ["import", "profiles", str(file)]]
        for step in steps:
            subprocess.run(  # noqa: S603
                [command, *step], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
    gunicorn = [sys.executable, "-m", "gunicorn", "--pythonpath", str(ROOT / "benchmarks")]
    options = ["--bind", f"127.0.0.1:{PORT}", "--threads", "8", "--log-level", "warning"]
    with subprocess.Popen(  # noqa: S603
        [*gunicorn, *options, "counting:app"], env=environment, cwd=ROOT
    ) as server:
        try:
            _wait()
            yield
        finally:
            server.terminate()


def _wait() -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/connexion")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server does not answer")


def work(rounds: int) -> dict[str, Times]:
    """Do everything `rounds` times, after once to warm up, and return what it took."""
    times: dict[str, Times] = {}
    officer, host, talent = (Browser(times, who) for who in ("agence", "travail", "vivier"))
    seat = oldest_seat(officer)
    for number in range(rounds + 1):
        rank_and_read(officer, seat, number)
        propose_and_answer(officer, host, seat, number)
        everyday(officer, host, talent, number)
        if number == 0:
            times.clear()
    return times


def oldest_seat(officer: Browser) -> str:
    """Return the address of the seat that has waited longest."""
    return first(r'href="(/postes/\d+)"', officer.get(None, "/postes"))


def first(pattern: str, page: str, number: int = 0) -> str:
    """Return what a page says at the n-th place that matches."""
    found = list(dict.fromkeys(re.findall(pattern, page)))
    if len(found) <= number:
        raise AssertionError(f"the page has no {number + 1} of {pattern}")
    return str(found[number])


def rank_and_read(officer: Browser, seat: str, number: int) -> None:
    """Have the pool ranked, and read the ranking in every way."""
    officer.get(None, seat)
    officer.post("rank", f"{seat}/classer")
    page = officer.get("seat", seat)
    run = first(r"/classements/(\d+)/a-part", page)
    keys = re.findall(r'id="p-([0-9a-f]{24})"', page)
    officer.get("apart", f"/classements/{run}/a-part")
    officer.get("second page", f"{seat}?page=2")
    officer.get("replay", f"/classements/{run}/rejeu")
    suggestion = f"/classements/{run}/{keys[number % len(keys)]}"
    officer.get("suggestion", suggestion)
    compared = urlencode([("p", key) for key in keys[:4]])
    officer.get("compare", f"/classements/{run}/comparer?{compared}")
    officer.get("compare as PDF", f"/classements/{run}/comparer.pdf?{compared}")
    officer.get("since", f"/classements/{run}/depuis")
    officer.get("explanation", f"{seat}/explication/{keys[0]}")
    officer.get("try a setting", f"{seat}/essai?skills=150&criterion_dates=soft")


def propose_and_answer(officer: Browser, host: Browser, seat: str, number: int) -> None:
    """Shortlist somebody, propose them, and bring the proposal to both yeses."""
    page = officer.get(None, f"{seat}?page={number + 2}")
    before = _proposable(seat, page)
    run = first(r"/classements/(\d+)/a-part", page)
    # Equal scores stand in the order of keys, which are drawn: somebody decided on may come again.
    key = first(r'/([0-9a-f]{24})/[^<]*<[^<]*<input type="hidden" name="seen" value="">', page)
    suggestion = f"/classements/{run}/{key}"
    officer.get(None, suggestion)
    officer.post("decide", suggestion, verdict="shortlisted", reason="skills_fit", note="", seen="")
    page = officer.get(None, seat)
    (talent,) = _proposable(seat, page) - before
    officer.get("proposal form", f"{seat}/proposer?talent={talent}")
    made = officer.post(
        "propose",
        f"{seat}/proposer",
        talent=talent,
        starts_on="2027-02-01",
        ends_on="2027-11-30",
        share_pct="100",
        note="Un profil rare.",
        talent_note="",
        host_email="",
        talent_email="",
    )
    own = made.replace("/propositions/", "/mes-propositions/")
    host.get("host's sheet", own)
    host.post("host answers", own, answer="yes:skills_fit", note="")
    officer.get(None, f"{made}/reponse/talent")
    officer.post("note an answer", f"{made}/reponse/talent", answer="yes:subject_fit", note="")
    officer.get(None, f"{made}/moments")
    slots = {"first": "2099-01-05T09:30", "minutes": "45", "place": "Salle bleue"}
    officer.post("offer times", f"{made}/moments", **slots)
    officer.get(None, f"{made}/message")
    officer.post("write a message", f"{made}/message", audience="host", text="Bonjour.")
    officer.get("proposal", made)
    officer.post("note the interview", f"{made}/entretien")
    host.get(None, own)
    host.post(None, own, answer="yes:skills_fit", note="")
    officer.get(None, f"{made}/reponse/talent")
    officer.post(None, f"{made}/reponse/talent", answer="yes:subject_fit", note="")
    officer.get(None, made)
    officer.post("confirm", f"{made}/confirmer")
    # Another person is confirmed in the next round: this one gives the seat back.
    officer.get(None, f"{made}/refuser")
    officer.post("decline", f"{made}/refuser", side="agency", reason="need_changed", note="")


def _proposable(seat: str, page: str) -> set[str]:
    """Return the people whom a seat's page offers to propose."""
    return set(re.findall(rf"{seat}/proposer\?talent=(\d+)", page))


def everyday(officer: Browser, host: Browser, talent: Browser, number: int) -> None:
    """Open what each role opens every day."""
    officer.get("home", "/")
    officer.get("week", "/semaine")
    officer.get("seats", "/postes")
    officer.get("board", "/tableau")
    officer.get("proposals", "/propositions")
    officer.get("pool", "/talents")
    officer.get("pool search", "/talents?q=donnees+python")
    officer.get("needs", "/besoins")
    officer.get("time line", "/placements")
    host.get("host's proposals", "/mes-propositions")
    talent.get("talent's proposals", "/mes-propositions")
    talent.get("talent's profile", "/mon-profil")
    talent.get("needs for me", "/besoins-pour-moi")


def main() -> int:
    """Measure, print, and tell whether every median is within the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", type=int, default=1_000, help="people beside the demo's")
    parser.add_argument("--rounds", type=int, default=12, help="how often each action is timed")
    parser.add_argument(
        "--database", default="", help="an empty database's address; SQLite without"
    )
    parser.add_argument("--json", action="store_true", help="print JSON rather than a table")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = chosen.database or f"sqlite:///{folder}/pages.db"
        with served(chosen.profiles, database):
            times = work(chosen.rounds)
    found = {action: taken.summary() for action, taken in sorted(times.items())}
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        for action, summary in found.items():
            print(
                f"{action:24} {summary['median_ms']:8.1f} {summary['p95_ms']:8.1f} {summary['queries']:4}"
            )
    return int(any(summary["median_ms"] > LIMIT_MS for summary in found.values()))


if __name__ == "__main__":
    sys.exit(main())
