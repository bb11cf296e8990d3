"""Security keys, by WebAuthn: what a browser is asked, and whether its key's answer is the right one."""

import ipaddress
import json
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from talentpool.accounts import factors
from talentpool.accounts.factor_models import Factor, FactorKind
from talentpool.accounts.models import Account
from talentpool.db import db, hash_of, now

#: The password is the other factor: touching the key is enough, no code of the key's own is asked for.
_TOUCH = UserVerificationRequirement.DISCOURAGED


class WrongKey(Exception):
    """The answer is not that of the key, not to this question, or not for this site."""


def _host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""


def _origin() -> str:
    parts = urlsplit(current_app.config["PUBLIC_URL"])
    return f"{parts.scheme}://{parts.netloc}"


def are_possible() -> bool:
    """Tell whether keys can know this site: browsers bind them to a name, never to a bare address."""
    try:
        ipaddress.ip_address(_host())
    except ValueError:
        return True
    return False


def keys_of(account: Account) -> list[Factor]:
    """List an account's keys, the oldest first."""
    return [one for one in factors.factors_of(account) if one.kind is FactorKind.KEY]


def _known(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id or ""))
        for one in keys_of(account)
    ]


def registration_options(account: Account, *, site: str) -> tuple[str, str]:
    """Return what to ask a new key, as JSON, and the challenge that its answer must hold."""
    options = generate_registration_options(
        rp_id=_host(),
        rp_name=site,
        user_id=f"account-{account.id}".encode(),
        user_name=account.email,
        user_display_name=account.display_name,
        exclude_credentials=_known(account),
        authenticator_selection=AuthenticatorSelectionCriteria(user_verification=_TOUCH),
    )
    return options_to_json(options), bytes_to_base64url(options.challenge)


def add_key(account: Account, *, name: str, credential: str, challenge: str) -> Factor:
    """Add the key that answered `challenge`; raises `WrongKey`, `TooManyFactors`."""
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=_origin(),
        )
    except (WebAuthnException, ValueError) as error:
        raise WrongKey from error
    identifier = bytes_to_base64url(verified.credential_id)
    if db.session.query(Factor.id).filter_by(credential_id=identifier).first():
        raise WrongKey
    key = Factor(
        kind=FactorKind.KEY,
        name=name,
        credential_id=identifier,
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
        last_challenge=hash_of(challenge),
    )
    return factors.add_factor(account, key)


def authentication_options(account: Account) -> tuple[str, str]:
    """Return what to ask one of the account's keys, as JSON, and the challenge to be answered."""
    options = generate_authentication_options(
        rp_id=_host(), allow_credentials=_known(account), user_verification=_TOUCH
    )
    return options_to_json(options), bytes_to_base64url(options.challenge)


def spend_answer(
    account: Account, *, credential: str, challenge: str, asked_at: datetime
) -> Factor:
    """Check a key's answer to what was asked at an instant, and use it up; raises `WrongKey`."""
    key = _key_named_in(account, credential)
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
        )
    except (WebAuthnException, ValueError) as error:
        raise WrongKey from error
    # One statement that only the first use of an answer can win; whatever was asked before the
    # key last served has had its answer, or never will.
    answered = hash_of(challenge)
    spent = db.session.execute(
        update(Factor)
        .where(
            Factor.id == key.id,
            Factor.last_challenge != answered,
            Factor.used_at.is_(None) | (Factor.used_at < asked_at),
        )
        .values(sign_count=verified.new_sign_count, last_challenge=answered, used_at=now())
    )
    if not spent.rowcount:  # type: ignore[attr-defined]
        raise WrongKey
    return key


def _key_named_in(account: Account, credential: str) -> Factor:
    try:
        identifier = json.loads(credential)["id"]
    except (ValueError, TypeError, KeyError) as error:
        raise WrongKey from error
    for key in keys_of(account):
        if key.credential_id == identifier:
            return key
    raise WrongKey
