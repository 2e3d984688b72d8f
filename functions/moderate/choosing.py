"""What was chosen, read from the form of the page or from JSON.

ChoosingError
├── NothingChosenError   the form came back without a choice: there is no default (P6)
└── WordsChangedError    the words were changed, and something else than an edit was chosen
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from moderate.case import Choice
from moderate.errors import (
    EditRefusedError,
    MayNotDecideError,
    ReasonMissingError,
    TooQuickError,
    WrongCodeError,
)
from shared.http.fields import Fields
from shared.http.problems import InvalidFieldsError
from shared.pages.forms import DecisionForm, lines
from shared.pages.views import FieldError
from shared.pages.words import SEVERITIES
from shared.policy.verdict import Finding
from shared.posts.content import Draft
from shared.posts.names import ContentHash
from shared.records.approval import Decision

LONGEST_REASON = 2_000
LONGEST_TEXT = 70_000
LONGEST_ALT = 5_000

Texts = tuple[str, ...] | None
Edit = tuple[str | None, Texts, Texts]
"""The words, the alt texts and the further parts of a thread; None for what stays as it is."""

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DECISIONS = tuple(decision.value for decision in Decision)


class ChoosingError(Exception):
    """Root of what is wrong with a choice."""


class NothingChosenError(ChoosingError):
    """The form came back without a choice: there is no default (P6)."""


class WordsChangedError(ChoosingError):
    """Somebody changed the words, and chose something by which the change would be lost."""


def choice_from_form(form: DecisionForm, draft: Draft, content_hash: ContentHash) -> Choice:
    """What was chosen on the page about this draft; NothingChosenError, WordsChangedError."""
    if not form.choice:
        raise NothingChosenError("Choose approve, edit and approve, return or reject.")
    decision, reason = Decision(form.choice), form.reason[:LONGEST_REASON] or None
    changed = _changed(form, draft)
    if decision is Decision.EDIT:
        return Choice(decision, reason, content_hash, *_kept(*changed))
    if any(words is not None for words in changed):
        raise WordsChangedError(
            "You changed the words, and this choice would lose the change. "
            "Choose to edit and approve, or put the words back."
        )
    return Choice(decision, reason, content_hash)


def choice_from_json(body: Mapping[str, Any]) -> Choice:
    """Reads `POST /v1/approvals/…/decision`."""
    fields = Fields(body)
    decision = Decision(fields.one_of("decision", _DECISIONS))
    content_hash = ContentHash(fields.text("content_hash", longest=64, like=_HASH))
    reason = fields.maybe_text("reason", longest=LONGEST_REASON)
    edit = _edit(fields) if decision is Decision.EDIT else (None, None, None)
    fields.done()
    return Choice(decision, reason, content_hash, *edit)


def field_errors(error: Exception) -> tuple[tuple[FieldError, ...], int | None]:
    """What the page says beside its fields; what is no fault of the form is raised again."""
    match error:
        case NothingChosenError() | MayNotDecideError() | TooQuickError():
            return (FieldError("choice", str(error)),), None
        case WordsChangedError():
            return (FieldError("text", str(error)),), None
        case ReasonMissingError():
            return (FieldError("reason", str(error)),), None
        case WrongCodeError():
            return (FieldError("code", str(error)),), error.tries_left
        case InvalidFieldsError():
            return tuple(FieldError(f.field, f.sentence) for f in error.faults), None
        case EditRefusedError(findings=()):
            return (FieldError(error.field, str(error)),), None
        case EditRefusedError():
            return tuple(FieldError(error.field, told(f)) for f in error.findings), None
    raise error


def told(finding: Finding) -> str:
    """A finding in one line: how much it weighs, what it is, what to do, and whose rule it is."""
    weight = SEVERITIES[finding.severity.value].tag
    return f"{weight}: {finding.message} {finding.suggestion} ({finding.source})"


def _kept(text: str | None, alts: Texts, thread: Texts) -> Edit:
    """The same, if it can be kept at all; InvalidFieldsError."""
    told = {"alts": alts, "thread": thread}
    lists = {name: None if texts is None else list(texts) for name, texts in told.items()}
    fields = Fields({"text": text, **lists})
    kept = _edit(fields)
    fields.done()
    return kept


def _edit(fields: Fields) -> Edit:
    return (
        fields.maybe_text("text", longest=LONGEST_TEXT),
        fields.maybe_texts("alts", longest=LONGEST_ALT),
        fields.maybe_texts("thread", longest=LONGEST_TEXT),
    )


def _changed(form: DecisionForm, draft: Draft) -> Edit:
    """The words, alt texts and further parts that came back other than they were shown; None where
    they did not, or were not on the form at all."""
    text = None if form.text is None or form.text == lines(draft.text) else form.text
    alts = _others(form.alts, [media.alt for media in draft.media])
    return text, alts, _others(form.thread, draft.thread)


def _others(typed: tuple[str, ...], shown: Iterable[str]) -> Texts:
    return None if not typed or typed == tuple(map(lines, shown)) else typed
