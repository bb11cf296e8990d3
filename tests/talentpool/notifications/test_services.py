"""Everybody is told once, in words, and by mail as they wish."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import session

from talentpool.accounts.models import Account
from talentpool.accounts.services import edit_account
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from talentpool.notifications import queries, services
from talentpool.notifications.models import Delivery, Notification
from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.databases import own_database
from tests.factories.accounts import make_account
from tests.factories.notifications import KIND, make_notification

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def mails() -> list[OutgoingMail]:
    return db.session.query(OutgoingMail).order_by(OutgoingMail.id).all()


def read_aloud(text: str) -> str:
    """Return a text without the difference between its kinds of spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def reader(delivery: Delivery) -> Account:
    """Return an account that wants its mails in this way."""
    account = make_account()
    services.choose_delivery(account, delivery)
    db.session.commit()
    return account


def digested(today: date) -> list[OutgoingMail]:
    """Send the digests of a day, and return their mails."""
    before = len(mails())
    services.send_digests(today)
    db.session.commit()
    return mails()[before:]


class TestNotify:
    def test_it_is_said_on_the_site_and_by_mail(self, each_database: Application) -> None:
        account = make_account()
        told = make_notification(account, due_on=date(2027, 1, 12), subject=account)
        assert told.read_at is None
        assert (told.subject_kind, told.subject_id) == ("account", account.id)
        [mail] = mails()
        assert mail.recipient == account.email
        assert mail.subject == "À signer : la mission Guichet"
        assert read_aloud(mail.text).startswith(
            "Bonjour,\n\nLa mission Guichet de Léa est à signer à 100 %.\n\n"
            "À faire au plus tard le 12/01/2027.\n\nhttp://127.0.0.1:8000/mon-compte\n\n-- \n"
        )
        assert "http://127.0.0.1:8000/notifications/reglages" in mail.text

    def test_the_same_thing_is_told_once_to_each(self, each_database: Application) -> None:
        account, other = make_account(), make_account()
        assert make_notification(account, once="mission:1") is not None
        assert make_notification(account, once="mission:1") is None
        assert make_notification(other, once="mission:1") is not None
        assert make_notification(account, once="mission:2") is not None
        assert [mail.recipient for mail in mails()] == [account.email, other.email, account.email]

    def test_what_is_undone_tells_nobody(self, each_database: Application) -> None:
        account = make_account()
        services.notify(
            account, kind=KIND, params={"need": "Guichet"}, url_path="/", once="mission:1"
        )
        db.session.rollback()
        assert mails() == []
        assert queries.unread_count(account) == 0
        assert make_notification(account, once="mission:1") is not None

    def test_the_journal_knows_it_by_numbers(self, each_database: Application) -> None:
        told = make_notification(make_account())
        entry = db.session.query(JournalEntry).order_by(JournalEntry.id.desc()).first()
        assert (entry.action, entry.subject_id) == ("notification.sent", told.id)
        assert entry.details == {"account": told.account_id, "kind": KIND}

    def test_the_mail_is_french_whatever_the_language_of_who_acts(
        self, each_database: Application
    ) -> None:
        account = make_account()
        with each_database.test_request_context():
            session["language"] = "en"
            make_notification(account)
        [mail] = mails()
        assert mail.text.startswith("Bonjour,")
        assert "Vivier du numérique" in mail.text

    def test_a_forged_name_adds_no_header(self, each_database: Application) -> None:
        make_notification(make_account(), params={"need": "X\r\nBcc: voleur@test.example"})
        assert mails()[0].subject == "À signer : la mission X Bcc: voleur@test.example"

    @pytest.mark.parametrize("address", ["https://ailleurs.example", "//ailleurs.example", ""])
    def test_it_never_leads_elsewhere(self, address: str, each_database: Application) -> None:
        with pytest.raises(services.AddressElsewhere):
            make_notification(make_account(), url_path=address)

    def test_a_kind_that_nobody_registered_is_refused(self, each_database: Application) -> None:
        with pytest.raises(services.UnknownKind):
            make_notification(make_account(), kind="test.unknown")

    def test_a_text_that_cannot_be_filled_is_refused_at_once(
        self, each_database: Application
    ) -> None:
        with pytest.raises(KeyError):
            make_notification(reader(Delivery.NEVER), params={"other": "x"})

    def test_who_may_not_sign_in_gets_no_mail(self, each_database: Application) -> None:
        account = make_account()
        edit_account(account, display_name="Partie", role=account.role, is_active=False, by=None)
        assert make_notification(account) is not None
        assert mails() == []


class TestDigests:
    def test_a_daily_one_gathers_what_is_new(self, each_database: Application) -> None:
        account = reader(Delivery.DAILY)
        make_notification(account, params={"need": "Guichet"}, due_on=date(2027, 1, 12))
        make_notification(account, params={"need": "Cadastre"})
        services.mark_read(make_notification(account, params={"need": "Lue"}))
        assert mails() == []
        [mail] = digested(TUESDAY)
        assert (mail.recipient, mail.subject) == (account.email, "À lire : 2 notifications")
        assert read_aloud(mail.text).startswith(
            "Bonjour,\n\n2 notifications vous attendent :\n\n"
            "- La mission Guichet de Léa est à signer à 100 %.\n"
            "  À faire au plus tard le 12/01/2027.\n"
            "  http://127.0.0.1:8000/mon-compte\n\n"
            "- La mission Cadastre de Léa est à signer à 100 %.\n"
            "  http://127.0.0.1:8000/mon-compte\n\n-- \n"
        )

    def test_there_is_one_a_day_and_no_news_twice(self, each_database: Application) -> None:
        account = reader(Delivery.DAILY)
        make_notification(account)
        assert len(digested(MONDAY)) == 1
        assert digested(TUESDAY) == []
        make_notification(account)
        assert len(digested(TUESDAY)) == 1
        make_notification(account)
        assert digested(TUESDAY) == []

    def test_a_weekly_one_leaves_on_mondays(self, each_database: Application) -> None:
        make_notification(reader(Delivery.WEEKLY))
        assert digested(TUESDAY) == []
        assert len(digested(MONDAY)) == 1

    @pytest.mark.parametrize("delivery", [Delivery.NEVER, Delivery.AT_ONCE])
    def test_who_wants_none_gets_none(self, delivery: Delivery, each_database: Application) -> None:
        make_notification(reader(delivery))
        assert digested(MONDAY) == []

    def test_what_left_at_once_is_not_gathered_later(self, each_database: Application) -> None:
        account = make_account()
        make_notification(account)
        services.choose_delivery(account, Delivery.DAILY)
        db.session.commit()
        assert digested(MONDAY) == []

    def test_a_disabled_account_gets_none(self, each_database: Application) -> None:
        account = reader(Delivery.DAILY)
        make_notification(account)
        account.is_active = False
        db.session.commit()
        assert digested(MONDAY) == []


class TestReading:
    def test_all_is_read_for_oneself_alone(self, each_database: Application) -> None:
        account, other = make_account(), make_account()
        for told in (account, account, other):
            make_notification(told)
        services.mark_all_read(account)
        assert queries.unread_count(account) == 0
        assert queries.unread_count(other) == 1

    def test_the_first_reading_counts(self, each_database: Application) -> None:
        told = make_notification(make_account())
        services.mark_read(told)
        first = told.read_at
        services.mark_read(told)
        assert told.read_at == first


@pytest.fixture(params=["sqlite", "postgresql"])
def own_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    with own_database(request.param, request, tmp_path_factory.mktemp("told")) as url:
        yield from disposed(migrated_app(url))


class TestAtOnce:
    def test_two_who_tell_the_same_tell_it_once(self, own_app: Application) -> None:
        with own_app.app_context():
            number = make_account().id
        gate = threading.Barrier(4)

        def tell(_worker: int) -> bool:
            with own_app.app_context():
                account = db.session.get_one(Account, number)
                db.session.commit()
                gate.wait(timeout=10)
                return make_notification(account, once="mission:1") is not None

        with ThreadPoolExecutor(4) as threads:
            assert sorted(threads.map(tell, range(4))) == [False, False, False, True]
        with own_app.app_context():
            assert db.session.query(Notification).count() == 1
            assert len(mails()) == 1
            db.session.rollback()

    def test_two_who_send_digests_send_each_once(self, own_app: Application) -> None:
        with own_app.app_context():
            for _number in range(5):
                make_notification(reader(Delivery.DAILY))
        gate = threading.Barrier(3)

        def send(_worker: int) -> int:
            with own_app.app_context():
                gate.wait(timeout=10)
                sent = services.send_digests(TUESDAY)
                db.session.commit()
                return sent

        with ThreadPoolExecutor(3) as threads:
            assert sorted(threads.map(send, range(3))) == [0, 0, 5]
        with own_app.app_context():
            assert len(mails()) == 5
            db.session.rollback()
