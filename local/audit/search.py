"""`bluelamp audit search`: versions of posts, or leaves of a kind, by what is in them."""

import argparse
from datetime import datetime

from archive.questions.answer import answer, asked_search
from archive.questions.search import Search
from archive.reading.bags import Reading
from local.audit.answers import copy_folder, hand_out
from local.audit.asked import HELD, answered, months_asked
from local.audit.copy import opened_copy
from local.audit.progress import Progress

FIELDS = (
    *("account", "author", "approver", "since", "until", "platform", "state", "rule"),
    *("phrase", "regex", "kind", "post", "as_of"),
)


def run(given: argparse.Namespace) -> int:
    """Search, and print what was found."""
    return answered(_search, given)


def _search(given: argparse.Namespace) -> int:
    with Progress() as progress:
        reading = months_asked(given, progress)
        search = Search.read(_said(given), span=_span(reading), most_months=given.most_months)
        with opened_copy(reading, copy_folder(given.archive, given.copy), progress) as index:
            asked = asked_search(search, index, reading.bags[-1].sealed.end.size)
            found = answer(index, asked, given.after, given.limit, seconds=given.seconds)
    hand_out(found, reading, as_json=given.json)
    return HELD


def _said(given: argparse.Namespace) -> dict[str, str]:
    said = {name: getattr(given, name) for name in FIELDS}
    return {**{name: each for name, each in said.items() if each}, "text": " ".join(given.words)}


def _span(reading: Reading) -> tuple[datetime, datetime]:
    return reading.bags[0].month.begins, reading.bags[-1].month.ends
