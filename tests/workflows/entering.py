"""Somebody at a browser signs in through the real way in and the local issuer."""

from urllib.parse import parse_qs, urlsplit

from local.demo.caller import Caller, Heard

SESSION, ATTEMPT = "__Host-session", "__Host-sign-in"
DOOR = "/local/sign-in"


def begin(browser: Caller, path: str = "/sign-in") -> dict[str, str]:
    """Ask to sign in; what the product asks the issuer, by name."""
    sent = browser.get(path)
    assert sent.status == 303, sent.text
    where = urlsplit(sent.headers["location"])
    assert where.path == DOOR
    return {name: values[0] for name, values in parse_qs(where.query).items()}


def choose(browser: Caller, asked: dict[str, str], person_id: str) -> str:
    """Choose somebody at the issuer; the way back to the product, with the code in it."""
    chosen = browser.post_form(DOOR, {**asked, "person_id": person_id})
    assert chosen.status == 303, chosen.text
    return chosen.headers["location"]


def come_back(browser: Caller, back: str) -> Heard:
    """Follow the way back to the product."""
    return browser.get(back)


def sign_in(url: str, person_id: str) -> tuple[Caller, Heard]:
    """A fresh browser that signed in as somebody, and what the product said at last."""
    browser = Caller(url)
    return browser, come_back(browser, choose(browser, begin(browser), person_id))
