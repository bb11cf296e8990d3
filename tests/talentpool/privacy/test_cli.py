"""Erasing, tracing and erasing again after a restored backup, on a database file of its own."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from click.testing import Result
from flask_migrate import upgrade
from sqlalchemy import select, text

from talentpool import create_app
from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.admissions.stages import Stage
from talentpool.db import db
from talentpool.journal.services import broken_links
from talentpool.privacy import ledger, storage
from talentpool.privacy.cli import commands
from talentpool.privacy.elimination_models import EliminationSlip
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application
from tests.conftest import settings_for
from tests.factories.accounts import make_account
from tests.factories.admissions import make_application
from tests.factories.placements import make_proposal
from tests.factories.privacy import EMAIL, NAME, make_known_person, make_visa
from tests.factories.talents import make_talent


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Application]:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'data' / 'real.db'}"))
    app.instance_path = str(tmp_path / "data")
    with app.app_context():
        upgrade()
        make_known_person()
        closed()
    yield app
    with app.app_context():
        closed()


def closed() -> None:
    """Let go of the file, so that it can be copied as a backup is."""
    db.session.remove()
    db.engine.dispose()


def run(app: Application, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(commands, list(arguments))


def test_the_erased_stay_erased_after_a_backup_is_restored(
    own_app: Application, tmp_path: Path
) -> None:
    database, backup = tmp_path / "data" / "real.db", tmp_path / "backup.db"
    shutil.copy(database, backup)
    found = run(own_app, "trace", NAME, EMAIL)
    assert found.exit_code == 1
    assert "account.email#" in found.output
    assert run(own_app, "erase", EMAIL, "--yes").exit_code == 0
    assert run(own_app, "trace", NAME, EMAIL).output == "Nothing is left.\n"
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_text(run(own_app, "ledger").output)

    with own_app.app_context():
        closed()
    for path in database.parent.glob("real.db*"):
        path.unlink()
    shutil.copy(backup, database)
    assert run(own_app, "trace", EMAIL).exit_code == 1
    again = run(own_app, "reapply", str(ledger))
    assert (again.exit_code, again.output) == (0, "1 erased again.\n")
    assert run(own_app, "trace", NAME, EMAIL).output == "Nothing is left.\n"
    with own_app.app_context():
        assert db.session.scalars(select(Account.email).where(Account.email == EMAIL)).all() == []
        assert broken_links() == []


def test_the_last_administrator_is_named_and_the_others_are_erased(
    own_app: Application, tmp_path: Path
) -> None:
    with own_app.app_context():
        make_account(role=Role.ADMINISTRATOR, email="admin@test.example")
        key = own_app.config["SECRET_KEY"].encode()
        marks = [ledger.mark(key, "address", one) for one in ("admin@test.example", EMAIL)]
        closed()
    refused = run(own_app, "erase", "admin@test.example", "--yes")
    assert (refused.exit_code, "Nobody else could" in refused.output) == (1, True)
    file = tmp_path / "ledger.jsonl"
    file.write_text(json.dumps({"erased_at": "2999-01-01T00:00:00+00:00", "marks": marks}))
    again = run(own_app, "reapply", str(file))
    assert again.exit_code == 1
    assert "is the last administrator" in again.output
    assert "1 erased again." in again.output
    assert run(own_app, "trace", EMAIL).exit_code == 0


def test_an_address_of_two_people_erases_nobody(own_app: Application) -> None:
    with own_app.app_context():
        for person in (make_talent(), make_talent()):
            make_proposal(person, talent_email="boite@test.example")
        closed()
    refused = run(own_app, "erase", "boite@test.example", "--yes")
    assert (refused.exit_code, "give a code" in refused.output) == (1, True)


class TestRetain:
    DAY = date(2020, 3, 15)

    def silent(self, name: str) -> str:
        """Make somebody who came on a day and was never heard of again."""
        talent = make_talent(account=make_account(role=Role.TALENT), display_name=name)
        instant = datetime.combine(self.DAY, time(12), UTC)
        talent.created_at = talent.account.created_at = instant
        db.session.commit()
        return talent.code

    def test_tells_then_erases_each_day_for_good(self, own_app: Application) -> None:
        with own_app.app_context():
            code = self.silent("Lou Silence")
            make_visa(date(2022, 1, 10))
            closed()
        told = run(own_app, "retain", "--on", "2022-02-13")
        assert (told.exit_code, "1 told, 0 erased." in told.output) == (0, True)
        early = run(own_app, "retain", "--on", "2022-03-14")
        assert "0 told, 0 erased." in early.output
        done = run(own_app, "retain", "--on", "2022-03-15")
        assert f"{code}   2020-03-15  2022-03-15  erase   silence" in done.output
        assert (done.exit_code, "0 told, 1 erased." in done.output) == (0, True)
        assert run(own_app, "trace", "Lou Silence").exit_code == 0
        with own_app.app_context():
            assert broken_links() == []

    def test_what_was_done_is_said_even_if_the_space_cannot_be_freed(
        self, own_app: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing() -> None:
            raise OSError("no room left")

        monkeypatch.setattr(storage, "forget_freed_space", failing)
        with own_app.app_context():
            self.silent("Lou Silence")
            closed()
        told = run(own_app, "retain", "--on", "2022-02-13")
        assert isinstance(told.exception, OSError)
        assert "1 told, 0 erased." in told.output

    def test_without_a_visa_nobody_is_erased_and_it_is_said(self, own_app: Application) -> None:
        with own_app.app_context():
            code = self.silent("Lou Silence")
            make_visa(date(2021, 3, 15))
            closed()
        # Somebody is told all the same: nothing is destroyed by that.
        told = run(own_app, "retain", "--on", "2022-02-13")
        assert (told.exit_code, "1 told, 0 erased." in told.output) == (0, True)
        dry = run(own_app, "retain", "--dry-run", "--on", "2022-03-15")
        assert (dry.exit_code, f"{code}   2020-03-15  2022-03-15  erase" in dry.output) == (0, True)
        refused = run(own_app, "retain", "--on", "2022-03-15")
        assert refused.exit_code == 1
        assert "No visa holds on this day: nobody is erased" in refused.output
        assert "0 told, 0 erased." in refused.output
        assert "1 to be erased once a visa holds." in refused.output
        assert run(own_app, "trace", "Lou Silence").exit_code == 1
        # Whoever asks for it is erased without any visa.
        assert run(own_app, "erase", code, "--yes").exit_code == 0

    def test_the_refused_are_told_then_erased_whatever_they_did_since(
        self, own_app: Application
    ) -> None:
        with own_app.app_context():
            application = make_application()
            code, answered = application.talent.code, datetime(2026, 8, 1, 12, tzinfo=UTC)
            application.stage, application.stage_since = Stage.DECLINED, answered
            make_visa(date(2026, 8, 1))
            db.session.commit()
            closed()
        told = run(own_app, "retain", "--on", "2026-10-02")
        assert f"{code}   2026-08-01  2026-11-01  warn    refused" in told.output
        assert (told.exit_code, "1 told, 0 erased." in told.output) == (0, True)
        early = run(own_app, "retain", "--on", "2026-10-31")
        assert "0 told, 0 erased." in early.output
        done = run(own_app, "retain", "--on", "2026-11-01")
        assert (done.exit_code, "0 told, 1 erased." in done.output) == (0, True)
        with own_app.app_context():
            slip = db.session.scalars(select(EliminationSlip)).all()[-1]
            assert (slip.counts, slip.first_on) == ({"refused": 1}, date(2026, 8, 1))

    def test_who_cannot_be_erased_keeps_nobody_else(self, own_app: Application) -> None:
        with own_app.app_context():
            codes = [self.silent(name) for name in ("Lou Avant", "Sacha Coince", "Noa Ensuite")]
            make_visa(date(2022, 1, 10))
            closed()
        run(own_app, "retain", "--on", "2022-02-13")
        with own_app.app_context():
            stuck = db.session.scalars(
                select(Talent.id).where(Talent.display_name == "Sacha Coince")
            )
            db.session.execute(
                text(
                    f"CREATE TRIGGER stuck BEFORE DELETE ON talent WHEN old.id = {stuck.one()} "
                    "BEGIN SELECT RAISE(ABORT, 'Sacha Coince stays'); END"
                )
            )
            db.session.commit()
            closed()
        done = run(own_app, "retain", "--on", "2022-03-15")
        assert done.exit_code == 1
        assert "0 told, 2 erased." in done.output
        assert f"1 failed, to be seen to: {codes[1]} (IntegrityError)." in done.output
        assert "Sacha" not in done.output
        assert run(own_app, "trace", "Lou Avant", "Noa Ensuite").exit_code == 0
        assert run(own_app, "trace", "Sacha Coince").exit_code == 1
        with own_app.app_context():
            assert broken_links() == []
            # What was not destroyed is not on the slip.
            night = select(EliminationSlip).where(EliminationSlip.made_on == date(2022, 3, 15))
            slip = db.session.scalars(night).one()
            assert slip.counts == {"silence": 2}
            assert (slip.first_on, slip.last_on) == (self.DAY, self.DAY)


def test_nobody_is_erased_by_a_wrong_name(own_app: Application) -> None:
    assert run(own_app, "erase", "nobody@test.example", "--yes").exit_code == 1
    assert run(own_app, "trace", EMAIL).exit_code == 1
