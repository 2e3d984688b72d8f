"""An issuer in memory: its description, its keys, and tokens with whatever is wrong with them."""

import json
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from enter.attempt import Attempt
from enter.issuer import Issuer
from tests.builders import NOW

URL = "https://id.force.example/pool"
CLIENT = "pages"
BACK = "https://bluelamp.example/sign-in/callback"
ATTEMPT = Attempt("s" * 43)
KEYS = {
    "ES256": ECKey.generate_key("P-256", {"kid": "ec"}),
    "RS256": RSAKey.generate_key(2048, {"kid": "rsa"}),
}
STRANGERS = {
    "ES256": ECKey.generate_key("P-256", {"kid": "ec"}),
    "RS256": RSAKey.generate_key(2048, {"kid": "rsa"}),
    "HS256": OctKey.import_key("a secret that everybody knows " * 2, {"kid": "ec"}),
}
KID = {"ES256": "ec", "RS256": "rsa", "HS256": "ec"}


class Web:
    """Answers for the issuer; `asked` holds every address, `forms` what was posted."""

    def __init__(self, **answers):
        described = {
            "issuer": URL,
            "authorization_endpoint": "https://id.force.example/authorize",
            "token_endpoint": "https://id.force.example/token",
            "jwks_uri": "https://id.force.example/keys",
        }
        self.keys = [
            {**key.as_dict(private=False), "use": "sig", "alg": name} for name, key in KEYS.items()
        ]
        self.described = {**described, **answers.pop("described", {})}
        self.answers = answers
        self.asked = []
        self.forms = []

    def __call__(self, url, form):
        self.asked.append(url)
        name = url.rpartition("/")[2]
        if form:
            self.forms.append(form)
        if name in self.answers:
            return self.answers[name]
        bodies = {"openid-configuration": self.described, "keys": {"keys": self.keys}}
        return 200, json.dumps(bodies.get(name, {"id_token": "a.b.c"})).encode()


def an_issuer(web=None):
    return Issuer(URL, CLIENT, web or Web())


def claims(**changes):
    usual = {
        "iss": URL,
        "aud": CLIENT,
        "sub": "1",
        "email": "pc-okafor@force.example",
        "email_verified": True,
        "nonce": ATTEMPT.nonce,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
    }
    merged = {**usual, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def a_token(algorithm="ES256", key=None, header=None, **changes):
    head = {"alg": algorithm, "kid": KID[algorithm], **(header or {})}
    signer = key or KEYS[algorithm]
    return jwt.encode(head, claims(**changes), signer, algorithms=[algorithm])


def query_of(url):
    return {name: values[0] for name, values in parse_qs(url.partition("?")[2]).items()}
