"""Fills the author's form and list: from what is on record to what is shown."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_publish_urgently
from shared.pages.views import (
    AccountOption,
    CountView,
    FieldError,
    FindingView,
    NewView,
    PostRow,
    PostsView,
    ReturnedNote,
    Typed,
    Viewer,
)
from shared.policy.everyday import TOLD, Everyday
from shared.policy.pack import Pack
from shared.policy.verdict import Verdict
from shared.posts.counting import length
from shared.posts.life import Post
from shared.posts.localtime import fields_text
from shared.posts.names import AccountId, PlatformName


def viewer(person: Person, leave_token: str) -> Viewer:
    """Who looks at the page; `leave_token` guards the sign-out form on it."""
    approves = may(person, Right.APPROVE).allowed
    reads = may(person, Right.READ_ALL).allowed
    return Viewer(person.name, approves, leave_token, may_read_all=reads)


def options(accounts: Iterable[Account]) -> tuple[AccountOption, ...]:
    """What the author may choose from."""
    return tuple(
        AccountOption(a.account_id, a.title, tuple(h.platform for h in a.handles)) for a in accounts
    )


def counts(text: str, platforms: Iterable[str], pack: Pack) -> tuple[CountView, ...]:
    """How long the text is on each platform, as that platform counts."""
    limits = ((name, pack.limits.get(name)) for name in map(PlatformName, platforms))
    return tuple(
        CountView(name, length(text, limit), limit.maximum) for name, limit in limits if limit
    )


def new_view(
    author: Person,
    accounts: Iterable[Account],
    submission: str,
    pack: Pack,
    typed: Typed,
    *,
    verdict: Verdict | None = None,
    blocked: Post | None = None,
    errors: Sequence[FieldError] = (),
    returned: ReturnedNote | None = None,
    kind: Everyday | None = None,
    replaces_waiting: bool = False,
) -> NewView:
    """The post form, empty, or as it came back with everything that is to be said about it."""
    found = [finding.as_dict() for finding in verdict.findings] if verdict else []
    outcome = "blocked" if blocked else verdict.outcome if verdict else None
    return NewView(
        accounts=options(accounts),
        submission=submission,
        typed=typed,
        outcome=outcome,
        findings=tuple(map(FindingView.of, blocked.findings if blocked else found)),
        counts=counts(typed.text, typed.platforms, pack) if outcome else (),
        errors=tuple(errors),
        returned=returned,
        everyday=TOLD[kind] if kind else "",
        may_publish_urgently=may_publish_urgently(author).allowed,
        replaces_waiting=replaces_waiting,
    )


def posts_view(
    posts: Iterable[Post], titles: dict[AccountId, str], cursor: str | None
) -> PostsView:
    """A page of posts, newest first."""
    rows = tuple(
        PostRow(
            post.post_id,
            post.version,
            titles.get(post.draft.account, post.draft.account),
            post.draft.text,
            post.state,
            post.submitted_at,
            post.draft.not_before,
        )
        for post in posts
    )
    return PostsView(rows, cursor)


def typed(older: Post) -> Typed:
    """What stands in the form at first where a version is to be changed."""
    due = older.draft.not_before
    # The form has no seconds, and an embargo must not end sooner for that.
    whole = due + timedelta(minutes=1, microseconds=-1) if due and older.draft.embargo else due
    day, clock = fields_text(whole) if whole else ("", "")
    return Typed(
        text=older.draft.text,
        account=older.draft.account,
        platforms=tuple(older.draft.platforms),
        date=day,
        time=clock,
        replaces=f"{older.post_id}@{older.version}",
        embargo=older.draft.embargo,
        urgency=older.urgency.value,
        urgent_reason=older.urgent_reason or "",
    )
