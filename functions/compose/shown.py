"""Fills the author's form and list: from what is on record to what is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_publish_urgently
from shared.pages.views import (
    AccountOption,
    CountView,
    FieldError,
    FindingView,
    MediaView,
    NewView,
    PictureOption,
    PostRow,
    PostsView,
    ReturnedNote,
    Typed,
)
from shared.policy.everyday import TOLD, Everyday
from shared.policy.pack import Pack
from shared.policy.verdict import Verdict
from shared.posts.content import Draft, Media
from shared.posts.counting import length
from shared.posts.life import Post
from shared.posts.localtime import fields_text, moment_text
from shared.posts.names import AccountId, PlatformName
from shared.posts.picture_keys import picture_named_by
from shared.posts.threads import parts_on

if TYPE_CHECKING:
    from shared.posts.pictures import Picture


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


def _counts(draft: Draft | None, typed: Typed, pack: Pack) -> tuple[CountView, ...]:
    """The same of a draft, whatever each platform says; of what was typed, if there is none."""
    if draft is None:
        return counts(typed.text, typed.platforms, pack)
    return tuple(
        replace(count, part=part)
        for name in draft.platforms
        for part, said in enumerate(parts_on(draft, name), 1)
        for count in counts(said.text, [name], pack)
    )


def new_view(
    author: Person,
    accounts: Iterable[Account],
    submission: str,
    pack: Pack,
    typed: Typed,
    *,
    verdict: Verdict | None = None,
    draft: Draft | None = None,
    blocked: Post | None = None,
    errors: Sequence[FieldError] = (),
    returned: ReturnedNote | None = None,
    kind: Everyday | None = None,
    replaces_waiting: bool = False,
    left_out: Iterable[str] = (),
    album: Iterable["Picture"] = (),
) -> NewView:
    """The post form, empty, or as it came back with everything that is to be said about it: what
    the check says of the `draft`, or of what it `blocked`."""
    draft = blocked.draft if blocked else draft
    said = [finding.as_dict() for finding in verdict.findings] if verdict else []
    found = blocked.findings if blocked else said
    outcome = "blocked" if blocked else verdict.outcome if verdict else None
    return NewView(
        accounts=options(accounts),
        submission=submission,
        typed=typed,
        outcome=outcome,
        findings=tuple(FindingView.of(finding, draft) for finding in found),
        counts=_counts(draft, typed, pack) if outcome else (),
        errors=tuple(errors),
        returned=returned,
        everyday=TOLD[kind] if kind else "",
        may_publish_urgently=may_publish_urgently(author).allowed,
        replaces_waiting=replaces_waiting,
        left_out=tuple(left_out),
        album=_options(album, typed),
    )


def _options(album: Iterable["Picture"], typed: Typed) -> tuple[PictureOption, ...]:
    """What can be chosen: what was chosen already, and the author's latest that may be used."""
    usable = [each for each in album if not each.stopped_at]
    found = {str(each.picture_id): f"{moment_text(each.at)}, {size_text(each)}" for each in usable}
    moving = {str(each.picture_id) for each in usable if each.is_video}
    labels = {picture_id: "The picture you chose" for picture_id, _ in typed.pictures} | found
    return tuple(
        PictureOption(each, told, f"/pictures/{each}", each in moving)
        for each, told in labels.items()
    )


def size_text(picture: "Picture") -> str:
    """How large a picture is, and how long a video."""
    size = f"{picture.width} × {picture.height}"
    return f"video, {size}, {picture.milliseconds / 1000:.0f} s" if picture.is_video else size


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
        variants=tuple((each.platform, each.text) for each in older.draft.variants),
        card=astuple(older.draft.card) if older.draft.card else Typed.card,
        language=older.draft.language,
        thread=older.draft.thread,
        pictures=tuple((named, m.alt) for m in older.draft.media if (named := _named(m))),
    )


def _named(media: Media) -> str:
    return picture_named_by(media.key) or ""


def media_view(media: Media) -> MediaView:
    """A picture, from where whoever is signed in sees it."""
    named = _named(media)
    return MediaView(media.alt, media.content_type, f"/pictures/{named}" if named else None)
