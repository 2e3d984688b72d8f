"""`bluelamp check`: posts in a file, read by the policy as it stands today.

One JSON object a line in (the fields of the labelled posts), one verdict a line out, in the same
order. A line that is no post is told of on standard error and the rest is read all the same.
With `--reader both` the second reader reads too, and a verdict says which one it was.
Exit codes: 0 every post is clear, 1 some post is not, 2 some line could not be read.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from local.nearby import nearby
from shared.policy.check import check
from shared.policy.errors import PolicyError
from shared.policy.pack import LEVELS, ROLES, Pack, bundled
from shared.policy.second import SecondReader, SecondReaderError, with_second
from shared.policy.together import together
from shared.policy.verdict import Candidate, Verdict

HELD, FOUND, WRONG_USE = 0, 1, 2

_KINDS = ("original", "reshare", "reply", "correction")


class BadLineError(Exception):
    """A line that is no post; `str()` says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `bluelamp check` may be told."""
    parser.description = "Check posts against force policy, one JSON object a line."
    parser.epilog = "Exit codes: 0 all clear, 1 something found, 2 a line could not be read."
    parser.add_argument(
        "--jsonl", metavar="FILE", default="-", help="posts as JSON Lines; - is standard input (-)"
    )
    parser.add_argument(
        "--accounts", metavar="FILE", type=Path, help='JSON with a list "senior" of handles'
    )
    parser.add_argument(
        "--reader", choices=("first", "both"), default="first", help="who reads (first)"
    )


def run(args: argparse.Namespace) -> int:
    """Check every line; see the module for the exit codes."""
    try:
        second = nearby() if args.reader == "both" else None
        pack = bundled(datetime.now(UTC).date())
        if args.accounts:
            pack = pack.with_senior(_senior(args.accounts))
        with _opened(args.jsonl) as lines:
            return _check_all(lines, pack, second)
    except BrokenPipeError:  # whoever read the verdicts left before the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG_USE
    except SecondReaderError as error:
        return _refuse(f"{error} Use --reader first.")
    except (OSError, PolicyError, BadLineError) as error:
        return _refuse(str(error))


def _check_all(lines: Iterable[bytes], pack: Pack, second: SecondReader | None) -> int:
    outcome = HELD
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            post = _post(line)
            candidate = _candidate(post)
            verdict = check(candidate, pack)
            if second is not None:
                reading = together(second.read(candidate), candidate, pack)
                verdict = with_second(verdict, reading, pack)
        except (BadLineError, PolicyError, SecondReaderError) as error:
            print(f"line {number}: {error}", file=sys.stderr)
            outcome = WRONG_USE
            continue
        print(json.dumps(_told(post["id"], verdict)))
        if verdict.outcome != "clear":
            outcome = max(outcome, FOUND)
    sys.stdout.flush()
    return outcome


def _told(post_id: str, verdict: Verdict) -> dict[str, Any]:
    """A verdict in the shape that scripts rely on, and who read the post a second time."""
    read_by = {"second_reader": verdict.second_reader} if verdict.second_reader else {}
    return {
        "id": post_id,
        "outcome": verdict.outcome,
        "policy_version": verdict.policy_version,
        **read_by,
        "findings": [finding.as_dict() for finding in verdict.findings],
    }


def _post(line: bytes) -> dict[str, Any]:
    try:
        post = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"is not JSON: {error}") from error
    if not isinstance(post, dict):
        raise BadLineError("is not a JSON object")
    if not isinstance(post.get("id"), str):
        raise BadLineError("the field id is missing or no text")
    return post


def _candidate(post: dict[str, Any]) -> Candidate:
    """The fields the check reads; those it does not know are left alone."""
    incident = post.get("critical_incident", False)
    if not isinstance(incident, bool):
        raise BadLineError("the field critical_incident is neither true nor false")
    reshare_of = post.get("reshare_of")
    if reshare_of is not None and not isinstance(reshare_of, str):
        raise BadLineError("the field reshare_of is neither text nor null")
    return Candidate(
        text=_text(post, "text"),
        platforms=(_text(post, "platform"),),
        author_role=_one_of(post, "author_role", ROLES),
        account_level=_one_of(post, "account_level", LEVELS),
        critical_incident=incident,
        kind=_one_of({"kind": "original", **post}, "kind", _KINDS),
        reshare_of=reshare_of,
    )


def _text(post: dict[str, Any], name: str) -> str:
    if not isinstance(post.get(name), str):
        raise BadLineError(f"the field {name} is missing or no text")
    return str(post[name])


def _one_of(post: dict[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = _text(post, name)
    if value not in known:
        raise BadLineError(f"the field {name} is {value!r}, which is none of {', '.join(known)}")
    return value


def _senior(path: Path) -> list[str]:
    """The handles of senior accounts from a file that lists accounts by standing."""
    try:
        listed = json.loads(path.read_bytes())
    except ValueError as error:
        raise BadLineError(f"{path} is not JSON: {error}") from error
    senior = listed.get("senior") if isinstance(listed, dict) else None
    if not isinstance(senior, list) or not all(isinstance(handle, str) for handle in senior):
        raise BadLineError(f'{path} has no list "senior" of handles')
    return senior


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as lines:
        yield lines


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG_USE
