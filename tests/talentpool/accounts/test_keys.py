"""A key's answer serves once, to what was asked last: signed here as a key would."""

import json
import re
from datetime import timedelta
from hashlib import sha256
from html import unescape
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask import current_app
from webauthn.helpers import bytes_to_base64url, encode_cbor

from talentpool.accounts import keys
from talentpool.accounts.factor_models import Factor, FactorKind
from talentpool.accounts.models import Account
from talentpool.db import db, now
from tests.factories.accounts import make_account
from tests.proofreader import ProofreadingClient
from tests.signing_in import give_password


class SecurityKey:
    """A key that counts nothing, as many do: nothing but the site tells a repeated answer."""

    def __init__(self, account: Account) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        point = self.secret.public_key().public_numbers()
        x, y = point.x.to_bytes(32), point.y.to_bytes(32)
        self.id = bytes_to_base64url(b"a key")
        self.factor = Factor(
            account=account,
            kind=FactorKind.KEY,
            name="Clé",
            credential_id=self.id,
            public_key=bytes_to_base64url(encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})),
        )
        db.session.add(self.factor)
        db.session.flush()

    def answer(self, challenge: str) -> str:
        site = current_app.config["PUBLIC_URL"]
        asked = {"type": "webauthn.get", "challenge": challenge, "origin": site.rstrip("/")}
        client = json.dumps(asked).encode()
        host = (urlsplit(site).hostname or "").encode()
        data = sha256(host).digest() + b"\x01" + bytes(4)
        signature = self.secret.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "authenticatorData": bytes_to_base64url(data),
            "clientDataJSON": bytes_to_base64url(client),
            "signature": bytes_to_base64url(signature),
        }
        said = {"id": self.id, "rawId": self.id, "type": "public-key", "response": response}
        return json.dumps(said)


@pytest.mark.usefixtures("each_database")
def test_an_answer_serves_once_and_none_to_what_was_asked_before_the_last() -> None:
    account = make_account()
    key = SecurityKey(account)
    first, later = now(), now() + timedelta(seconds=1)
    (_page, one), (_page, two) = [keys.authentication_options(account) for _try in range(2)]
    keys.spend_answer(account, credential=key.answer(one), challenge=one, asked_at=first)
    db.session.refresh(key.factor)
    key.factor.used_at = later
    db.session.flush()
    after = later + timedelta(seconds=1)
    keys.spend_answer(account, credential=key.answer(two), challenge=two, asked_at=after)
    # The first answer is not the last one any more: its age alone refuses it.
    for challenge, asked_at in ((one, first), (two, after)):
        with pytest.raises(keys.WrongKey):
            keys.spend_answer(
                account, credential=key.answer(challenge), challenge=challenge, asked_at=asked_at
            )


def test_what_a_page_asks_is_answered_once_and_signs_in(
    client: ProofreadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Keys know a site by a name, which the tests' own address is not.
    monkeypatch.setitem(current_app.config, "PUBLIC_URL", "http://localhost")
    account = make_account()
    key = SecurityKey(account)
    db.session.commit()
    give_password(client, account)
    page = client.get("/connexion/verification")
    found = re.search(r'data-tp-question="([^"]+)"', page.text)
    assert found
    answer = key.answer(json.loads(unescape(found[1]))["challenge"])
    form = {"credential": answer}
    assert client.post("/connexion/verification", data=form).status_code == 303
    assert client.get("/mon-compte").status_code == 200
