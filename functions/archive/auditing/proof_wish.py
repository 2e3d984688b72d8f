"""What somebody wants proved of sealed months: a record, a bundle for court, or that months hold.

    {"kind": "leaf", "leaf": 12, "role": "records manager", "label": "AB", "number": 1}
    {"kind": "bundle", "post": "01J…", "role": "records manager"}       or "question": "01J…"
    {"kind": "months", "from": "2026-09", "to": "2026-10"}              or neither: every month

Label and number may be left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.auditing.wish import FROM, MONTH, TO
from archive.exporting.certificate import MOST_NAMED
from shared.http.fields import Fields
from shared.months.errors import BadMonthError
from shared.months.month import Month, read_month
from shared.months.proof_order import Kind

KINDS = tuple(each.value for each in Kind)
LABEL, NUMBER = "AB", 1
MOST_LEAVES, MOST_NUMBER, LONGEST_ID = 999_999_999, 99_999, 100
_LABEL = re.compile(r"[A-Z]{1,5}")
SENTENCES = {
    "label": "An exhibit label is one to five capitals, such as AB.",
    "leaf": "Write the number of the leaf, as the answer shows it.",
    "number": f"The first exhibit has a number from 1 to {MOST_NUMBER}.",
    "kind": "Say whether you want a leaf, a bundle or months.",
}
NO_ROLE = "Say in which role you produce this, such as records manager."
NO_LEAF = SENTENCES["leaf"]
ONE_OF_THEM = "Name a post or a question, and not both."
WRONG_WAY = "The last month has to be the first, or a later one."


@dataclass(frozen=True)
class ProofWish:
    """What is wanted; of `leaf`, `post` and `question` what the kind asks for. Months that are None
    are the first and the last that are sealed."""

    kind: Kind
    leaf: int | None = None
    post: str | None = None
    question: str | None = None
    role: str = ""
    label: str = LABEL
    number: int = NUMBER
    first: Month | None = None
    last: Month | None = None


def proof_wish_in(said: Mapping[str, object]) -> ProofWish:
    """What was asked; InvalidFieldsError with every fault."""
    fields = Fields(said, SENTENCES)
    kind = Kind(fields.one_of("kind", KINDS, default=Kind.MONTHS.value))
    if kind is Kind.MONTHS:
        return _months(fields)
    leaf, post, question = None, None, None
    if kind is Kind.LEAF:
        leaf = fields.maybe_number("leaf", MOST_LEAVES)
        if said.get("leaf") in (None, ""):
            fields.wrong("leaf", NO_LEAF)
    else:
        post = fields.maybe_text("post", longest=LONGEST_ID) or None
        question = fields.maybe_text("question", longest=LONGEST_ID) or None
        if bool(post) == bool(question):
            fields.wrong("post", ONE_OF_THEM)
    role = (fields.maybe_text("role", longest=MOST_NAMED) or "").strip()
    if not role:
        fields.wrong("role", NO_ROLE)
    label = fields.text("label", default=LABEL, longest=5, like=_LABEL)
    number = fields.maybe_number("number", MOST_NUMBER)
    if number == 0:
        fields.wrong("number", SENTENCES["number"])
    fields.done()
    return ProofWish(kind, leaf, post, question, role, label, NUMBER if number is None else number)


def _months(fields: Fields) -> ProofWish:
    first, last = (_month(fields, name) for name in (FROM, TO))
    if first and last and last < first:
        fields.wrong(TO, WRONG_WAY)
    fields.done()
    return ProofWish(Kind.MONTHS, first=first, last=last)


def _month(fields: Fields, name: str) -> Month | None:
    typed = (fields.maybe_text(name, longest=LONGEST_ID) or "").strip()
    if not typed:
        return None
    try:
        return read_month(typed)
    except BadMonthError:
        fields.wrong(name, MONTH)
        return None
