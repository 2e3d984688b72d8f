"""Fills the author's pages: from what is on record to what is shown."""

from collections.abc import Iterable, Mapping, Sequence

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.pages.views import (
    AccountOption,
    CountView,
    FieldError,
    FindingView,
    HistoryLine,
    MediaView,
    NewView,
    PostRow,
    PostsView,
    PostView,
    ReturnedNote,
    TargetView,
    Typed,
    Viewer,
)
from shared.pages.words import STATES
from shared.policy.everyday import TOLD, Everyday
from shared.policy.pack import Pack
from shared.policy.verdict import Verdict
from shared.posts.counting import length
from shared.posts.life import Post
from shared.posts.localtime import fields_text
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.publication import Publication


def viewer(person: Person, leave_token: str) -> Viewer:
    """Who looks at the page; `leave_token` guards the sign-out form on it."""
    approves = may(person, Right.APPROVE).allowed
    reads = may(person, Right.READ_ALL).allowed
    return Viewer(person.name, approves, leave_token, may_read_all=reads)


def options(accounts: Iterable[Account]) -> tuple[AccountOption, ...]:
    """What the author may choose from."""
    return tuple(
        AccountOption(
            a.account_id, a.title, tuple(h.platform for h in a.handles), level=a.level.value
        )
        for a in accounts
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
        author_role=author.role.value,
        everyday=TOLD[kind] if kind else "",
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


def post_view(
    versions: Sequence[Post],
    account: Account,
    people: Mapping[PersonId, Person],
    publications: Sequence[Publication],
    *,
    may_change: bool,
) -> PostView:
    """The newest version's life, with the older versions as its history, each its author's."""
    post, names = versions[-1], {key: person.name for key, person in people.items()}
    return PostView(
        post_id=post.post_id,
        version=post.version,
        account_title=account.title,
        author=names.get(post.author, post.author),
        text=post.draft.text,
        targets=_targets(post, account, publications),
        state=post.state,
        submitted_at=post.submitted_at,
        due=post.draft.not_before,
        policy_version=post.policy_version,
        content_hash=post.content_hash,
        media=tuple(MediaView(m.alt, m.content_type) for m in post.draft.media),
        findings=tuple(FindingView.of(finding) for finding in post.findings),
        reason=post.reason,
        history=tuple(
            HistoryLine(
                old.submitted_at,
                names.get(old.author, old.author),
                f"Version {old.version}: {STATES[old.state].tag.lower()}.",
                old.reason or "",
            )
            for old in versions[:-1]
        ),
        may_change=may_change,
        second_reader=post.second_reader,
    )


def typed(older: Post) -> Typed:
    """What stands in the form at first where a version is to be changed."""
    due = older.draft.not_before
    day, clock = fields_text(due) if due else ("", "")
    return Typed(
        text=older.draft.text,
        account=older.draft.account,
        platforms=tuple(older.draft.platforms),
        date=day,
        time=clock,
        replaces=f"{older.post_id}@{older.version}",
    )


def _targets(
    post: Post, account: Account, publications: Sequence[Publication]
) -> tuple[TargetView, ...]:
    found = {publication.platform: publication for publication in publications}
    views = []
    for name in post.draft.platforms:
        handle, publication = account.handle(name), found.get(name)
        views.append(
            TargetView(
                platform=name,
                handle=handle.name if handle else account.title,
                outcome=publication.state if publication else None,
                url=publication.receipt.url if publication and publication.receipt else None,
                note=(publication.reason or "") if publication else "",
            )
        )
    return tuple(views)
