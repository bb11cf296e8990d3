"""Demo accounts have passwords that everybody knows: production does not start beside them."""

from flask import Flask
from sqlalchemy import inspect

from talentpool.accounts.models import Account
from talentpool.accounts.queries import demo_account_exists
from talentpool.config import read_settings
from talentpool.db import db


class DemoAccountsInProduction(Exception):
    """Accounts of the demo could sign in to a production site."""


def refuse_demo_in_production(app: Flask) -> None:
    """Raise `DemoAccountsInProduction` if this is production and demo accounts are active."""
    if not read_settings().is_production:
        return
    with app.app_context():
        try:
            has_accounts = inspect(db.engine).has_table(Account.__tablename__)
            if has_accounts and demo_account_exists():
                raise DemoAccountsInProduction(
                    "Demo accounts exist in this database: run `talentpool demo remove-accounts`."
                )
        finally:
            db.session.remove()
