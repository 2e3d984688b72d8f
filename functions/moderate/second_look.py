"""A second reader reads the post too, if there is one; what it cannot do stops nothing."""

import logging

from shared.policy.pack import Pack
from shared.policy.second import SecondReader, SecondReaderError, unread, with_second
from shared.policy.together import together
from shared.policy.verdict import Candidate, Verdict

log = logging.getLogger(__name__)


def second_look(
    verdict: Verdict, candidate: Candidate, *, reader: SecondReader | None, pack: Pack
) -> Verdict:
    """The verdict with what a second reader suspects besides, or with why it did not read."""
    if reader is None:
        return verdict
    for number, wording in enumerate(candidate.each()):
        try:
            reading = reader.read(wording)
        except SecondReaderError as error:
            log.warning("The second reader did not read: %s: %s", type(error).__name__, error)
            return unread(verdict, error)
        verdict = with_second(verdict, together(reading, wording, pack), pack, wording=number)
    return verdict
