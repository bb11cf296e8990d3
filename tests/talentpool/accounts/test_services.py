from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters

from talentpool.access import ADMINISTRATORS, AGENCY, Role
from talentpool.accounts import services
from talentpool.accounts.models import Proof
from talentpool.db import db
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account

DAY = timedelta(hours=12)

pytestmark = pytest.mark.usefixtures("each_database")


class TestCreateAccount:
    def test_an_address_is_taken_once_whatever_its_case(self, each_database: Application) -> None:
        make_account(email="Ada@Test.Example")
        with pytest.raises(services.EmailAlreadyTaken):
            make_account(email=" ada@test.example")

    def test_the_password_is_hashed_with_argon2id(self) -> None:
        assert make_account().password_hash.startswith("$argon2id$")


class TestAccountWith:
    def test_the_right_password_opens(self) -> None:
        account = make_account()
        assert services.account_with(email=account.email.upper(), password=PASSWORD) is account

    @pytest.mark.parametrize("password", ["", "wrong", PASSWORD + " "])
    def test_a_wrong_one_does_not(self, password: str) -> None:
        account = make_account()
        assert services.account_with(email=account.email, password=password) is None

    @pytest.mark.parametrize("kind", ["unknown", "wrong password", "disabled", "no password yet"])
    def test_each_refusal_costs_one_hash(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        verified = []

        class Counting(PasswordHasher):
            def verify(self, given: str | bytes, password: str | bytes) -> bool:
                verified.append(extract_parameters(str(given)))
                return super().verify(given, password)

        has_none = {"password": None} if kind == "no password yet" else {}
        account = make_account(role=Role.TALENT, **has_none)
        account.is_active = kind != "disabled"
        monkeypatch.setattr(services, "hasher", Counting(1, 8, 1))
        email = "nobody@test.example" if kind == "unknown" else account.email
        password = "wrong" if kind == "wrong password" else PASSWORD
        assert services.account_with(email=email, password=password) is None
        assert verified == [extract_parameters(make_account().password_hash)]

    def test_a_disabled_account_does_not(self) -> None:
        account = make_account(role=Role.TALENT)
        account.is_active = False
        assert services.account_with(email=account.email, password=PASSWORD) is None


class TestSignIns:
    def test_a_token_is_good_until_it_is_closed(self) -> None:
        account = make_account(role=Role.TALENT)
        token = services.open_sign_in(account)
        assert services.account_signed_in_with(token, longest=DAY) is account
        services.close_sign_in(token)
        assert services.account_signed_in_with(token, longest=DAY) is None

    @pytest.mark.parametrize("role", [r for r in Role if r in AGENCY | ADMINISTRATORS])
    def test_a_password_alone_never_opens_what_is_others(self, role: Role) -> None:
        account = make_account(role=role)
        by_password = services.open_sign_in(account)
        by_code = services.open_sign_in(account, proof=Proof.APP)
        assert services.account_signed_in_with(by_password, longest=DAY) is None
        assert services.account_signed_in_with(by_code, longest=DAY) is account

    def test_a_token_dies_of_age(self) -> None:
        token = services.open_sign_in(make_account(role=Role.TALENT))
        assert services.account_signed_in_with(token, longest=timedelta(0)) is None

    def test_a_new_password_ends_every_session(self) -> None:
        account = make_account(role=Role.TALENT)
        tokens = [services.open_sign_in(account) for _browser in range(2)]
        services.change_password(account, current=PASSWORD, new="another long password")
        assert [services.account_signed_in_with(t, longest=DAY) for t in tokens] == [None, None]

    def test_the_password_is_not_changed_without_the_old_one(self) -> None:
        with pytest.raises(services.WrongPassword):
            services.change_password(make_account(), current="wrong", new="x" * 20)

    def test_the_token_itself_is_not_stored(self) -> None:
        account = make_account()
        token = services.open_sign_in(account)
        assert token not in {sign_in.token_hash for sign_in in account.sign_ins}


class TestEditAccount:
    def test_disabling_ends_every_session(self) -> None:
        account = make_account(role=Role.TALENT)
        token = services.open_sign_in(account)
        services.edit_account(account, display_name="X", role=Role.TALENT, is_active=False, by=None)
        assert services.account_signed_in_with(token, longest=DAY) is None

    def test_the_last_administrator_stays(self) -> None:
        account = make_account(role=Role.ADMINISTRATOR)
        with pytest.raises(services.LastAdministratorDisabled):
            services.edit_account(
                account, display_name="X", role=Role.TALENT, is_active=True, by=None
            )
        make_account(role=Role.ADMINISTRATOR)
        services.edit_account(account, display_name="X", role=Role.TALENT, is_active=True, by=None)
        db.session.flush()
        assert account.role is Role.TALENT
