"""The cases of a part of the queue, with everybody whose they are, read in one call."""

from collections.abc import Iterable

from moderate.case import Case
from shared.records.queue import Waiting
from shared.records.snapshot import Snapshots


def cases_of(waiting: Iterable[Waiting], snapshots: Snapshots) -> tuple[Case, ...]:
    """Each line of the queue with its account, author and last editor."""
    lines = tuple(waiting)
    posts = [line.post for line in lines]
    found = snapshots.read(
        accounts={post.draft.account for post in posts},
        people={who for post in posts for who in (post.author, post.editor) if who},
        board=True,
    )
    return tuple(
        Case(
            post=line.post,
            approval=line.approval,
            account=found.account(line.post.draft.account),
            author=found.person(line.post.author),
            editor=found.person(line.post.editor) if line.post.editor else None,
            board=found.board,
        )
        for line in lines
    )
