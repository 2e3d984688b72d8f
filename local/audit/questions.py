"""`bluelamp audit questions`: the fixed questions, listed; or one of them, asked.

Each asks for what must not be. So an answer without a row is 0, and one with any is 1: something
that somebody should look at, and that the leaf proves.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from archive.questions.answer import answer, asked_fixed
from archive.questions.errors import BadSearchError
from archive.questions.pack import Fixed, fixed, pack
from archive.questions.search_fields import moment
from archive.reading.bags import Reading
from local.audit.answers import copy_folder, hand_out
from local.audit.asked import FOUND, HELD, answered, months_asked
from local.audit.copy import opened_copy
from local.audit.progress import Progress
from shared.recordlog.canonical import JSON, canonical_json

NO_PAIR = "Write what is given to a question as a name and a number, such as seconds=10."
TWICE = "Say each value once; this one is there twice."
BACKWARDS = "The period is over before it begins. Say a later moment."


def run(given: argparse.Namespace) -> int:
    """List them, or ask one."""
    return answered(_ask if given.question else _list, given)


def _list(given: argparse.Namespace) -> int:
    if given.json:
        sys.stdout.buffer.write(canonical_json([as_json(each) for each in pack().values()]) + b"\n")
    else:
        for line in told(pack().values()):
            print(line)
    return HELD


def as_json(question: Fixed) -> JSON:
    """`{asks, given, name, source}`, what is given being the usual values."""
    usual: dict[str, JSON] = dict(question.defaults)
    return {
        "asks": question.asks,
        "given": usual,
        "name": question.name,
        "source": question.source,
    }


def told(questions: Iterable[Fixed]) -> Iterator[str]:
    """Each with what it asks, whose rule that is, and what may be given to it."""
    for each in questions:
        yield each.name
        yield f"  {each.asks}"
        yield f"  {each.source}"
        for name, usual in each.defaults.items():
            yield f"  --given {name}={usual}"
        yield ""


def _ask(given: argparse.Namespace) -> int:
    question, values = fixed(given.question), values_in(given.given)
    with Progress() as progress:
        reading = months_asked(given, progress)
        since, until = _period(given, reading)
        with opened_copy(reading, copy_folder(given.archive, given.copy), progress) as index:
            size = reading.bags[-1].sealed.end.size
            asked = asked_fixed(question, since, until, values, size)
            found = answer(index, asked, given.after, given.limit, seconds=given.seconds)
    hand_out(found, reading, as_json=given.json)
    return FOUND if found.total else HELD


def values_in(pairs: Iterable[str]) -> Mapping[str, str]:
    """The values of `name=value`; BadSearchError."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise BadSearchError("given", NO_PAIR)
        if name in values:
            raise BadSearchError(name, TWICE)
        values[name] = value
    return values


def _period(given: argparse.Namespace, reading: Reading) -> tuple[datetime, datetime]:
    """Which was asked about: all that was read, where nothing is said; BadSearchError."""
    first, last = reading.bags[0].month.begins, reading.bags[-1].month.ends
    since = moment("since", given.since) if given.since else first
    until = moment("until", given.until) if given.until else last
    if until <= since:
        raise BadSearchError("until", BACKWARDS)
    return since, until
