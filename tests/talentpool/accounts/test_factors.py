from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from talentpool.access import Role
from talentpool.accounts import factors, services
from talentpool.accounts.factor_models import RecoveryCode
from talentpool.accounts.models import Proof
from talentpool.accounts.vault import opened, sealed
from talentpool.db import db, now
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from tests.factories.accounts import make_account, make_app, make_recovery_codes
from tests.signing_in import code_of

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stop the clock that codes are read by at the start of a half minute."""
    instant = now().replace(second=0, microsecond=0)
    monkeypatch.setattr(factors, "now", lambda: instant)
    return instant


def at(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    monkeypatch.setattr(factors, "now", lambda: instant)


class TestSpendCode:
    def test_a_code_serves_once(self, noon: datetime) -> None:
        account = make_account()
        app, secret = make_app(account)
        assert factors.spend_code(account, code_of(secret)).id == app.id
        with pytest.raises(factors.WrongCode):
            factors.spend_code(account, code_of(secret))

    def test_an_earlier_code_never_follows_a_later_one(self, noon: datetime) -> None:
        account = make_account()
        _app, secret = make_app(account)
        factors.spend_code(account, code_of(secret, later=1))
        for later in (0, -1):
            with pytest.raises(factors.WrongCode):
                factors.spend_code(account, code_of(secret, later=later))

    @pytest.mark.parametrize(("later", "is_good"), [(-2, False), (-1, True), (1, True), (2, False)])
    def test_a_clock_may_be_half_a_minute_wrong(
        self, later: int, is_good: bool, noon: datetime
    ) -> None:
        account = make_account()
        _app, secret = make_app(account)
        if is_good:
            factors.spend_code(account, code_of(secret, later=later))
        else:
            with pytest.raises(factors.WrongCode):
                factors.spend_code(account, code_of(secret, later=later))

    def test_a_code_dies_of_age(self, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        account = make_account()
        _app, secret = make_app(account)
        code = code_of(secret)
        at(monkeypatch, noon + timedelta(seconds=60))
        with pytest.raises(factors.WrongCode):
            factors.spend_code(account, code)

    @pytest.mark.parametrize("typed", ["", "abcdef", "１２３４５６", "12345", "-12345"])
    def test_what_is_no_code_is_refused(self, typed: str) -> None:
        account = make_account()
        make_app(account)
        with pytest.raises(factors.WrongCode):
            factors.spend_code(account, typed)

    def test_spaces_in_a_code_are_nothing(self, noon: datetime) -> None:
        account = make_account()
        _app, secret = make_app(account)
        code = code_of(secret)
        factors.spend_code(account, f" {code[:3]} {code[3:]}")

    def test_another_account_s_code_is_refused(self, noon: datetime) -> None:
        _app, secret = make_app(make_account())
        other = make_account()
        make_app(other)
        with pytest.raises(factors.WrongCode):
            factors.spend_code(other, code_of(secret))


class TestSecrets:
    def test_the_database_holds_no_secret(self) -> None:
        account = make_account()
        _app, secret = make_app(account)
        codes = make_recovery_codes(account)
        stored = str(db.session.execute(text("SELECT * FROM factor")).all())
        stored += str(db.session.execute(text("SELECT * FROM recovery_code")).all())
        assert secret not in stored
        assert not any(code.replace("-", "") in stored or code in stored for code in codes)

    def test_a_seal_that_was_changed_opens_nothing(self) -> None:
        seal = sealed("un secret")
        assert opened(seal) == "un secret"
        assert opened(seal[:-4] + "AAA=") is None
        assert opened("") is None


class TestRecoveryCodes:
    def test_each_serves_once(self) -> None:
        account = make_account()
        make_app(account)
        codes = make_recovery_codes(account)
        assert len(set(codes)) == 10
        assert factors.spend_recovery_code(account, codes[0]) == 9
        with pytest.raises(factors.WrongCode):
            factors.spend_recovery_code(account, codes[0])
        assert factors.spend_recovery_code(account, codes[1].upper().replace("-", " ")) == 8

    def test_its_beginning_is_not_enough(self) -> None:
        account = make_account()
        code = make_recovery_codes(account)[0]
        for typed in (code[:4], code[:-1], code[:-1] + ("a" if code[-1] != "a" else "b")):
            with pytest.raises(factors.WrongCode):
                factors.spend_recovery_code(account, typed)

    def test_new_ones_replace_them(self) -> None:
        account = make_account()
        old = make_recovery_codes(account)
        make_recovery_codes(account)
        with pytest.raises(factors.WrongCode):
            factors.spend_recovery_code(account, old[0])
        assert factors.recovery_codes_left(account) == 10

    def test_somebody_else_s_open_nothing(self) -> None:
        codes = make_recovery_codes(make_account())
        with pytest.raises(factors.WrongCode):
            factors.spend_recovery_code(make_account(), codes[0])


class TestChanges:
    def test_staff_keep_one_factor_and_others_need_none(self) -> None:
        officer, talent = make_account(), make_account(role=Role.TALENT)
        app, _secret = make_app(officer)
        with pytest.raises(factors.LastFactorKept):
            factors.remove_factor(app, account=officer)
        make_app(officer)
        factors.remove_factor(app, account=officer)
        own, _secret = make_app(talent)
        make_recovery_codes(talent)
        factors.remove_factor(own, account=talent)
        assert factors.factors_of(talent) == []
        assert factors.recovery_codes_left(talent) == 0

    def test_an_account_has_ten_at_most(self) -> None:
        account = make_account()
        for _number in range(10):
            make_app(account)
        with pytest.raises(factors.TooManyFactors):
            make_app(account)

    def test_a_reset_takes_all_away_and_ends_every_session(self) -> None:
        account, admin = make_account(), make_account(role=Role.ADMINISTRATOR)
        make_app(account)
        make_recovery_codes(account)
        token = services.open_sign_in(account, proof=Proof.APP)
        assert factors.reset_factors(account, by=admin) == 1
        assert factors.factors_of(account) == []
        assert db.session.scalars(select(RecoveryCode)).all() == []
        assert services.account_signed_in_with(token, longest=timedelta(hours=1)) is None

    def test_each_is_told_and_journaled_without_names(self) -> None:
        account, admin = make_account(), make_account(role=Role.ADMINISTRATOR)
        make_app(account)
        app, _secret = make_app(account)
        codes = make_recovery_codes(account)
        factors.spend_recovery_code(account, codes[0])
        factors.remove_factor(app, account=account)
        factors.reset_factors(account, by=admin)
        mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
        assert {mail.recipient for mail in mails} == {account.email}
        assert [mail.subject for mail in mails] == [
            "Second facteur ajouté à votre compte",
            "Second facteur ajouté à votre compte",
            "Codes de secours renouvelés",
            "Un code de secours vient de servir",
            "Second facteur retiré de votre compte",
            "À faire : réinstaller votre second facteur",
        ]
        entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
        told = [entry for entry in entries if "factor" in entry.action or "code" in entry.action]
        assert [entry.action for entry in told] == [
            "account.factor_added",
            "account.factor_added",
            "account.codes_renewed",
            "account.recovery_code_used",
            "account.factor_removed",
            "account.factors_reset",
        ]
        assert "Téléphone" not in str([entry.details for entry in told])
