"""The forms by which auditors have something proved; each says what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.auditing.proof_wish import LABEL, NUMBER
from archive.auditing.wish import FROM, TO
from shared.months.proof_order import Kind
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Way

Sent = Mapping[str, Sequence[str]]
ADDRESS = "/audit/proofs/new"
ALL = Way("/audit/proofs", "Back to the proofs")
LEAF_MADE = (
    "You get the record, the proof that the log holds it, and a certificate of one page, to be "
    "saved. Its month is verified first. Your name stands on the certificate, and that you asked "
    "is on record."
)
BUNDLE_MADE = (
    "You get every record as an exhibit with its own proof, an index and a certificate, to be "
    "saved. Their months are verified first. Your name stands on the certificate, and that you "
    "asked is on record."
)
MONTHS_VERIFIED = (
    "Every file, record and signature of each month is verified, by the program that lies in it, "
    "and that each goes on where the one before it stopped. Without months: all of them. This may "
    "take minutes for each; it goes on by itself. That you asked is on record."
)
MONTH = "Such as 2026-10. Leave both empty for every month."


def form_of(kind: Kind, filled: Sent | None = None) -> FormView:
    """One form, with what is known already."""
    fields = tuple(replace(each, values=_values(each, filled or {})) for each in _FIELDS[kind])
    title, button, sentence = _WORDS[kind]
    return FormView(title, ADDRESS, button, fields, act=kind.value, sentence=sentence, back=ALL)


def form_wished(query: Mapping[str, str]) -> FormView:
    """The form that an address asks for: `leaf`, `post` or `question` name what is proved."""
    filled = {name: (value,) for name, value in query.items()}
    if "leaf" in query:
        return form_of(Kind.LEAF, filled)
    if "post" in query or "question" in query:
        return form_of(Kind.BUNDLE, filled)
    return form_of(Kind.MONTHS, filled)


def form_sent(sent: Sent, errors: tuple[FieldError, ...]) -> FormView:
    """The form that somebody sent, with what they typed and what is wrong with it."""
    return replace(form_of(kind_sent(sent), sent), errors=errors)


def kind_sent(sent: Sent) -> Kind:
    """Which form it was."""
    act = first(sent, "act")
    return Kind(act) if act in set(Kind) else Kind.MONTHS


def said_in(sent: Sent) -> dict[str, object]:
    """The fields that were sent, as the API would be told them."""
    kind = kind_sent(sent)
    typed = {each.name: first(sent, each.name).strip() for each in _FIELDS[kind]}
    return {"kind": kind.value, **{name: each for name, each in typed.items() if each}}


def _values(field: FieldView, filled: Sent) -> tuple[str, ...]:
    return tuple(filled.get(field.name, field.values))


_PRODUCER = (
    FieldView(
        "role", "Your role", hint="As it stands on the certificate: such as records manager."
    ),
    FieldView("label", "Exhibit label", values=(LABEL,), hint="One to five capitals."),
    FieldView("number", "Number of the first exhibit", values=(str(NUMBER),)),
)
_FIELDS: Mapping[Kind, tuple[FieldView, ...]] = {
    Kind.LEAF: (FieldView("leaf", "Leaf", hint="Its number, as answers show it."), *_PRODUCER),
    Kind.BUNDLE: (
        FieldView("post", "Post", hint="Its id: every record of its life."),
        FieldView("question", "Or question", hint="Its id: every record of its answer."),
        *_PRODUCER,
    ),
    Kind.MONTHS: (
        FieldView(FROM, "From month", hint=MONTH),
        FieldView(TO, "To month", hint="The same for one month."),
    ),
}
_WORDS: Mapping[Kind, tuple[str, str, str]] = {
    Kind.LEAF: ("Prove a record", "Prove", LEAF_MADE),
    Kind.BUNDLE: ("Court bundle", "Make the bundle", BUNDLE_MADE),
    Kind.MONTHS: ("Verify months", "Verify", MONTHS_VERIFIED),
}
