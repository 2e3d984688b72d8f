"""The whole life of a post as its page shows it: how each version stands, then leaf by leaf, with
who and when; each leaf can be proved.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice

from archive.auditing.post_life import MOST_LEAVES, Lived
from archive.questions.search import MOST_MONTHS
from archive.reading.find_life import OUTCOMES, WORDS
from archive.reading.in_words import in_words
from archive.reading.pointers import fields_of
from shared.months.month import Month
from shared.months.question import Question
from shared.pages.audit_views import AnswerRow, AnswerView
from shared.pages.exact import excerpt
from shared.pages.registry_views import EntryView, Fact, FormView, Way
from shared.posts.acts import Happened
from shared.posts.localtime import moment_text
from shared.recordlog.canonical import JSON
from shared.recordlog.sealed import SEALED
from shared.records.listing import cursor_behind

LEAVES = 8
"""Of one page, which has to stay light."""

LONGEST, MOST_DETAILS, MOST_FINDINGS, MOST_VERSIONS = 120, 3, 3, 6
SEALED_WORDS = "Text of other people is sealed in it and cannot be read here."
FURTHER = "What was logged after {} is not on this page: one question reads {} months."
CUT = "Only the first {:,} leaves are shown."
TOLD_ABOVE = frozenset({"/content_hash", "/text"})
"""What every leaf about a post says, and what stands among its facts anyway."""

LOOK = "Look at the life of this post"
ASKED_FOR = (
    "Every version of it with its findings, approvals, publications, corrections, deletions and "
    "mentions, as far as months are sealed. That you looked is on record."
)
Name = Callable[[str], str]
"""What somebody is called."""


def look_view(post_id: str) -> EntryView:
    """The page before anybody has looked: that somebody looks is an act."""
    form = FormView(LOOK, f"/audit/posts/{post_id}", "Look", (), sentence=ASKED_FOR)
    return EntryView(_title(post_id), "Post", "grey", (), forms=(form,), ways=(_BACK,))


def life_view(
    post_id: str,
    question: Question,
    life: Sequence[Lived],
    *,
    after: int | None,
    latest: Month,
    name: Name,
) -> AnswerView:
    """A part of its life, behind the leaf `after`; `latest` is the last month that is sealed."""
    rest = [each for each in life if after is None or each.leaf_index > after]
    shown = rest[:LEAVES]
    at = f"/audit/posts/{post_id}?question={question.question_id}"
    further = len(rest) > LEAVES
    cursor = f"&cursor={cursor_behind(str(shown[-1].leaf_index))}" if further else None
    return AnswerView(
        _title(post_id),
        tuple(_facts(post_id, question, life, name)),
        tuple(_row(each, post_id, name) for each in shown),
        (
            Way(f"/audit/proofs/new?post={post_id}", "Make a bundle for court of it"),
            Way(f"/audit/questions/{question.question_id}", "The question as it is on record"),
            _BACK,
        ),
        f"{at}{cursor}" if cursor else None,
        _notice(question, life, latest),
    )


_BACK = Way("/audit", "Ask sealed months")


def _title(post_id: str) -> str:
    return f"Post {post_id}"


def _notice(question: Question, life: Sequence[Lived], latest: Month) -> str:
    told = []
    if question.last < latest:
        told.append(FURTHER.format(question.last, MOST_MONTHS))
    if question.missing:
        told.append(f"Not sealed, and so not read: {', '.join(map(str, question.missing))}.")
    if question.disposed:
        gone = ", ".join(map(str, question.disposed))
        told.append(f"Disposed of, and so not read: {gone}.")
    if len(life) >= MOST_LEAVES:
        told.append(CUT.format(MOST_LEAVES))
    return " ".join(told)


def _facts(post_id: str, question: Question, life: Sequence[Lived], name: Name) -> Iterator[Fact]:
    yield Fact("Looked at by", (f"{name(question.asked_by)}, {moment_text(question.asked_at)}",))
    yield Fact("Months", (f"{question.first} to {question.last}, as of {question.size} leaves",))
    yield Fact("Leaves", (str(len(life)),))
    ours = [e for e in life if e.post_id == post_id and e.version is not None]
    versions = groupby(sorted(ours, key=lambda e: (e.version, e.leaf_index)), lambda e: e.version)
    for number, leaves in islice(versions, MOST_VERSIONS):
        yield Fact(f"Version {number}", tuple(_version(list(leaves), name)))


def _version(leaves: Sequence[Lived], name: Name) -> Iterator[str]:
    words = next((each for each in leaves if each.type in WORDS), None)
    if words is None:
        yield "Sent in before these months."
    else:
        yield excerpt(words.text or "", LONGEST)
        yield f"By {name(words.actor)}, {moment_text(words.at)}"
    stands: dict[str, Lived] = {}
    for each in sorted(leaves, key=_turn):
        if each.type in OUTCOMES and "/" in each.subject:
            stands[each.subject.partition("/")[2]] = each
    for place, each in sorted(stands.items()):
        yield f"{place}: {OUTCOMES[each.type]} (leaf {each.leaf_index})"


def _turn(lived: Lived) -> tuple[datetime, bool, int]:
    """By time: of one millisecond leaves may stand in either order, and sending began first."""
    return lived.at, lived.type != Happened.CLAIMED, lived.leaf_index


def _row(lived: Lived, post_id: str, name: Name) -> AnswerRow:
    return AnswerRow(
        lived.leaf_index,
        lived.leaf_hash,
        tuple(_said(lived, post_id, name)),
        title=in_words(lived.type),
        ways=(Way(f"/audit/proofs/new?leaf={lived.leaf_index}", "Prove"),),
    )


def _said(lived: Lived, post_id: str, name: Name) -> Iterator[Fact]:
    yield Fact("By", (f"{name(lived.actor)}, {moment_text(lived.at)}",))
    if lived.approver and lived.approver != lived.actor:
        yield Fact("Approved by", (name(lived.approver),))
    if lived.version is not None and lived.post_id == post_id:
        yield Fact("Version", (str(lived.version),))
    else:
        yield Fact("About", (excerpt(lived.subject, LONGEST),))
    for label, said in (("Platform", lived.platform), ("Reason", lived.reason)):
        if said:
            yield Fact(label, (excerpt(said, LONGEST),))
    if lived.text:
        yield Fact("Words", (excerpt(lived.text, LONGEST),))
    yield from _findings(lived.payload)
    if lived.is_sealed:
        yield Fact("Sealed", (SEALED_WORDS,))
    yield from _details(lived.payload)


def _findings(payload: Mapping[str, JSON]) -> Iterator[Fact]:
    found = payload.get("findings")
    for each in found[:MOST_FINDINGS] if isinstance(found, list) else ():
        if isinstance(each, Mapping):
            said = f"{each.get('rule', '')}: {each.get('message', '')}"
            yield Fact("Finding", (excerpt(said, LONGEST),))


def _details(payload: Mapping[str, JSON]) -> Iterator[Fact]:
    """What else it says, as far as there is room; the record itself has all of it."""
    said = {n: v for n, v in payload.items() if n not in {SEALED, "findings"}}
    shown = 0
    for pointer, value in fields_of(said):
        if pointer in TOLD_ABOVE or value in ("", None, [], {}) or not pointer:
            continue
        if shown == MOST_DETAILS:
            return
        shown += 1
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield Fact(excerpt(pointer[1:], LONGEST), (excerpt(text, LONGEST),))
