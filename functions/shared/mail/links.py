"""Approval links: a secret that finds one request, and a short code that only a reader has.

The link's token is random and stands in the letter; only its SHA-256 is kept. The code stands in
the subject and never in the link, so that what opens every link (scanners, previews) cannot
decide; it is kept under a key that only the link's holder has, because four characters could
otherwise be guessed from their hash.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

TOKEN_BYTES = 32
CODE_BYTES = 8
CODE_LENGTH = 4
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No 0/O, 1/I/L, nor any vowel: a code is easy to read out and spells nothing."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True)
class MintedLink:
    """`token` and `code` go into the letter and are forgotten; the hashes (hex) are kept."""

    token: str
    token_sha256: str
    code: str
    code_sha256: str

    def __repr__(self) -> str:
        return f"MintedLink({self.token_sha256!r}, ***)"


def mint(random_token: bytes, random_code: bytes) -> MintedLink:
    """A link from 32 random bytes and its code from 8 others; ValueError for another length."""
    if len(random_token) != TOKEN_BYTES or len(random_code) != CODE_BYTES:
        raise ValueError(f"A link needs {TOKEN_BYTES} random bytes, its code {CODE_BYTES}.")
    token = base64.urlsafe_b64encode(random_token).rstrip(b"=").decode("ascii")
    code = _code(int.from_bytes(random_code, "big"))
    return MintedLink(token, token_sha256(token), code, code_sha256(token, code))


def is_token(text: str) -> bool:
    """Whether a string has the shape of a token, before anything is looked up."""
    return _TOKEN.fullmatch(text) is not None


def token_sha256(token: str) -> str:
    """What a link is found by: hexadecimal SHA-256 of its token."""
    return hashlib.sha256(_bytes(token)).hexdigest()


def code_sha256(token: str, code: str) -> str:
    """What a code is kept as: hexadecimal HMAC-SHA-256 of the code under the link's token."""
    return hmac.new(_bytes(token), _bytes(code), hashlib.sha256).hexdigest()


def is_code(typed: str, token: str, kept: str) -> bool:
    """Whether the typed code is the link's, in the same time for every wrong one.

    Capitals, blanks and hyphens do not matter: people type what they see.
    """
    code = re.sub(r"[\s-]", "", typed).upper()
    return hmac.compare_digest(code_sha256(token, code), kept)


def _bytes(text: str) -> bytes:
    # Whatever a stranger sends has a hash, half a surrogate pair too, and it is nobody's.
    return text.encode("utf-8", "surrogatepass")


def _code(number: int) -> str:
    characters = []
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)
