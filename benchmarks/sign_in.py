"""Compare what a stranger's guesses are answered: `python benchmarks/sign_in.py --json`.

Signing in with a wrong password, forgetting a password and registering are each asked of the whole
application on a fresh database, by turns for an address that has an account and for one that has none.
Both must get the same answer, and their median times may differ by a tenth at most (OWASP ASVS 5.0.0,
6.3.8). Prints `{"what": {"known_ms": …, "unknown_ms": …, "ratio": …}}`; exits with 1 past that.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from flask_migrate import upgrade

from talentpool import create_app
from talentpool.access import Role
from talentpool.accounts.services import create_account
from talentpool.config import AppProfile, Settings
from talentpool.db import db
from talentpool.demo.services import PASSWORD
from talentpool.web.pipeline import Application

MOST_APART = 1.1
PEOPLE = 50
ASKED = {
    "sign in": ("/connexion", {"password": "nobody's password"}),
    "forgotten password": ("/mot-de-passe-oublie", {}),
    "registration": ("/inscription", {}),
}


def application(folder: str) -> Application:
    """Return the application on a fresh database, some people's accounts in it."""
    app = create_app(
        Settings(
            app_profile=AppProfile.DEVELOPMENT,
            database_url=f"sqlite:///{folder}/sign_in.db",
            trusted_hosts="localhost",
            log_level="CRITICAL",
            sign_in_limit="1000000 per minute",
            sign_in_limit_overall="1000000 per minute",
        )
    )
    with app.app_context():
        upgrade()
        for number in range(PEOPLE):
            create_account(
                email=f"known-{number}@one.example",
                display_name=f"Personne {number}",
                role=Role.TALENT,
                password=PASSWORD,
                by=None,
            )
        db.session.commit()
    return app


def asked(client: FlaskClient, path: str, token: str, **typed: str) -> tuple[float, object]:
    """Send a form; return the milliseconds that the answer took, and what of it can be seen."""
    began = time.perf_counter()
    answer = client.post(path, data={"csrf_token": token, **typed})
    took = (time.perf_counter() - began) * 1_000
    seen = answer.get_data(as_text=True).replace(typed["email"], "")
    # What the page writes about itself anew each time: the token of its form.
    seen = re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", seen)
    return took, (answer.status_code, answer.headers.get("Location"), seen)


def compared(client: FlaskClient, path: str, tries: int, **typed: str) -> dict[str, float]:
    """Ask as often for known addresses as for unknown ones; raises `AssertionError` where answers differ."""
    page = client.get(path).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if token is None:
        raise AssertionError(f"{path} has no form")
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(-5, tries):
        seen = []
        # The first of two is not always the same: it may find caches colder.
        kinds = sorted(times, reverse=number % 2 == 0)
        for kind in kinds:
            email = f"{kind}-{number % PEOPLE}@one.example"
            took, answer = asked(client, path, token[1], email=email, **typed)
            seen.append(answer)
            if number >= 0:
                times[kind].append(took)
        if seen[0] != seen[1]:
            raise AssertionError(f"{path} answers otherwise for who has an account")
    known, unknown = (statistics.median(times[kind]) for kind in ("known", "unknown"))
    return {
        "known_ms": round(known, 2),
        "unknown_ms": round(unknown, 2),
        "ratio": round(max(known, unknown) / min(known, unknown), 3),
    }


def main() -> int:
    """Compare, print, and say by the exit status whether time tells who has an account."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        client = application(str(Path(folder))).test_client()
        found = {
            what: compared(client, path, options.tries, **typed)
            for what, (path, typed) in ASKED.items()
        }
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        for what, figures in found.items():
            print(what, *(f"{name} {value}" for name, value in figures.items()))
    return int(any(figures["ratio"] > MOST_APART for figures in found.values()))


if __name__ == "__main__":
    sys.exit(main())
