"""The letters of a stop, read as whoever gets them reads them, and then thrown away.

A year has tens of thousands, and nobody looks at them again; what each told stays, as alerts.
"""

import re
from collections import Counter
from collections.abc import Iterator

from moto.ses.models import RawMessage, ses_backends

from local.aws import ACCOUNT, REGION
from local.moto_repairs.letters import telling
from local.raw_mail import told_by
from local.year.expected import Alert

KINDS = (
    (re.compile(r"\d+ things? to see to"), "morning"),
    (re.compile(r"\d+ to be answered soon"), "reminded"),
    (re.compile(r"\d+ not answered within 24 hours"), "overdue"),
    (re.compile(r"Call for help on social media"), "call"),
    (re.compile(r"Look at once: \d+ things? on our accounts"), "stray"),
)
TIDY = (
    (re.compile(r" \(https?://\S+\)$"), ""),  # where it is seen to
    (re.compile(r": https?://\S+$"), ""),  # where it was said
    (re.compile(r"; (?:due by|a holding reply|people expect|it ends on).*$"), ""),
    (re.compile(r" (?:GMT|BST) on "), " on "),
    (re.compile(r", seen \d\d:\d\d on .*$"), ""),
    (re.compile(r" for its? signatures$| for their signatures$"), ""),
    (re.compile(r"(?<=Followers to review: )\d+ (?=of )"), ""),
    (re.compile(r"(?<=Posts to look at: )\d+ (?=of )"), ""),
    (re.compile(r"(?<=Training is due: )([^,]+), .*: (?=last taught)"), r"\1, "),
    (
        re.compile(r"(?<=^Search by hand for impostors: )([^:]+):.*"),
        r"\1",
    ),
    (re.compile(r"(The policy is to be reviewed): .*$"), r"\1"),
)
"""What a line says beside what it is about: counts, addresses, and when it is due."""


def take_letters() -> Counter[Alert]:
    """What all letters tell that left since the last time."""
    sent = ses_backends[ACCOUNT][REGION].sent_messages
    with telling:
        taken = list(sent)
        del sent[: len(taken)]
    return Counter(alert for each in taken for alert in _alerts(_read(each)))


def _read(sent: object) -> str:
    if not isinstance(sent, RawMessage):
        raise TypeError(type(sent).__name__)  # Bluelamp sends whole MIME messages only
    return str(sent.raw_data)


def _alerts(raw: str) -> Iterator[Alert]:
    subject, to, words = told_by(raw)
    kind = next((kind for words, kind in KINDS if words.match(subject)), None)
    if kind is None:
        yield Alert("another letter", to, subject)
        return
    for line in words.splitlines():
        if line.startswith("- "):
            yield Alert(kind, to, tidy(line[2:]))


def tidy(line: str) -> str:
    """What a line is about."""
    for pattern, instead in TIDY:
        line = pattern.sub(instead, line)
    return line
