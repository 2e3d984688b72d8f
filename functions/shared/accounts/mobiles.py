"""Mobile numbers: E.164, so that whoever is on duty can be rung from anywhere (A15)."""

import re

from shared.accounts.errors import MobileError

_E164 = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)
_FILLING = re.compile(r"[ ()-]+")
SHOWN = 3
"""Digits left of a masked number: enough to tell two of one's own apart."""


def mobile_number(typed: str) -> str:
    """The number in E.164 (`+447700900123`); spaces, hyphens and brackets are taken out."""
    number = _FILLING.sub("", typed)
    if not _E164.fullmatch(number):
        raise MobileError("Write the mobile number with + and the country, like +44 7700 900123.")
    return number


def mobile_key(number: str) -> str:
    """What two spellings of one number share: the digits of its E.164 form, home numbers taken for
    British ones. Nothing if there is no number.
    """
    digits = "".join(character for character in number if character in "0123456789")
    if digits.startswith("00"):
        return digits[2:]
    return "44" + digits[1:] if digits.startswith("0") else digits


def masked(mobile: str) -> str:
    """What may be shown of a number beyond the centre."""
    return "•" * max(len(mobile) - SHOWN, 0) + mobile[-SHOWN:] if len(mobile) > SHOWN else "•••"
