"""Fills the approver's page: exactly what would go out, where to, what changed, and the form."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from moderate.case import Case
from moderate.shown_pictures import picture_views
from moderate.story import Story
from shared.accounts.registry import Account, Person
from shared.pages.approval_views import (
    ApprovalView,
    ChangedView,
    DecidedView,
    EditView,
    LookView,
    WayIn,
)
from shared.pages.forms import DecisionForm
from shared.pages.parts import CountView, FieldError, FindingView, OtherWords, TargetView
from shared.pages.words import platform_title
from shared.policy.pack import Pack
from shared.posts.changes import Change, changes
from shared.posts.content import Card, Draft, said_on, whole_text
from shared.posts.counting import length
from shared.posts.life import Post, State
from shared.posts.localtime import moment_text
from shared.posts.looks import Mark, marks
from shared.posts.names import PictureId, PlatformName
from shared.posts.threads import parts_on
from shared.records.approval import Decision, Ruling

if TYPE_CHECKING:
    from shared.posts.pictures import Picture

NOTHING_TYPED = DecisionForm("", "", "", "")

SINCE = {
    State.SUPERSEDED: "A newer version has taken its place since.",
    State.WITHDRAWN: "It was taken back since, and does not go out.",
}


def approval_view(
    case: Case,
    addressee: Person,
    story: Story,
    pack: Pack,
    *,
    address: str,
    sign_in: WayIn | None = None,
    asks_code: bool = True,
    form: DecisionForm = NOTHING_TYPED,
    errors: tuple[FieldError, ...] = (),
    tries_left: int | None = None,
    pictures: "Mapping[PictureId, Picture] | None" = None,
) -> ApprovalView:
    """Exactly what would go out, and the form to decide with, as it was filled in so far."""
    return replace(
        _what_would_go_out(case, story, pack),
        address=address,
        addressee=addressee.name,
        edit=_edit(case.post.draft, form),
        media=tuple(picture_views(case.post.draft, address, pictures or {})),
        sign_in=sign_in,
        asks_code=asks_code,
        choice=form.choice,
        written_reason=form.reason,
        errors=errors,
        tries_left=tries_left,
    )


def _what_would_go_out(case: Case, story: Story, pack: Pack) -> ApprovalView:
    post, draft = case.post, case.post.draft
    return ApprovalView(
        address="",
        addressee="",
        post_id=post.post_id,
        version=post.version,
        account_title=case.account.title,
        author=case.author.name,
        editor=case.editor.name if case.editor else "",
        text=draft.text,
        others=OtherWords.of(draft),
        looks=looks(post, case.account, pack),
        submitted_at=post.submitted_at,
        due=draft.not_before,
        embargo=draft.embargo,
        urgency=post.urgency,
        urgent_reason=post.urgent_reason or "",
        expires_at=case.approval.ends_at,
        policy_version=post.policy_version,
        content_hash=post.content_hash,
        edit=EditView(draft.text),
        findings=tuple(FindingView.of(finding, draft) for finding in post.findings),
        history=story.lines,
        changed=_changed(story.before, post),
        second_reader=post.second_reader,
    )


def decided_view(
    ruling: Ruling, post: Post, account: Account, by: Person, *, just_now: bool
) -> DecidedView:
    """The decision that stands, and what became of the post since."""
    edited = ruling.decision is Decision.EDIT
    return DecidedView(
        decision=ruling.decision.value,
        decided_by=by.name,
        decided_at=ruling.at,
        account_title=account.title,
        reference=f"{post.post_id}@{post.version}",
        just_now=just_now,
        due=post.draft.not_before,
        replaced_by=f"{post.post_id}@{post.version + 1}" if edited else "",
        since="" if edited else SINCE.get(post.state, ""),
    )


def looks(post: Post, account: Account, pack: Pack) -> tuple[LookView, ...]:
    """How the words look on every target; those that make the same of them stand together."""
    alike: dict[tuple[int, int, str, tuple[Mark, ...]], list[TargetView]] = {}
    for name in post.draft.platforms:
        said = parts_on(post.draft, name)
        for part, words in enumerate((each.text for each in said), 1):
            key = (part, len(said), words, marks(words, name))
            alike.setdefault(key, []).append(_target(words, account, name, pack))
    return tuple(
        LookView(tuple(targets), words, made, part, parts)
        for (part, parts, words, made), targets in alike.items()
    )


def _target(text: str, account: Account, name: PlatformName, pack: Pack) -> TargetView:
    handle, limit = account.handle(name), pack.limits.get(name)
    count = CountView(name, length(text, limit), limit.maximum) if limit else None
    return TargetView(name, handle.name if handle else account.title, count)


def _edit(draft: Draft, form: DecisionForm) -> EditView:
    """The words as they were typed so far; at first, as they are."""
    alts = tuple(media.alt for media in draft.media)
    typed = form.alts if len(form.alts) == len(alts) else alts
    thread = form.thread if len(form.thread) == len(draft.thread) else draft.thread
    return EditView(draft.text if form.text is None else form.text, typed, thread)


def _changed(before: Post | None, after: Post) -> ChangedView | None:
    if before is None:
        return None
    return ChangedView(
        before.version,
        tuple(_texts(before.draft, after.draft)),
        tuple(_lines(before.draft, after.draft)),
    )


def _texts(before: Draft, after: Draft) -> Iterator[tuple[str, tuple[Change, ...]]]:
    if before.text != after.text:
        yield "The words", changes(before.text, after.text)
    if before.thread != after.thread:
        yield "The thread, all parts", changes(whole_text(before), whole_text(after))
    for name in sorted({v.platform for v in (*before.variants, *after.variants)}):
        was, now = said_on(before, name).text, said_on(after, name).text
        if was != now:
            yield f"The words on {platform_title(name)}", changes(was, now)
    if before.card != after.card:
        yield "The card", changes(_told(before.card), _told(after.card))
    for number, (old, new) in enumerate(zip(before.media, after.media, strict=False), 1):
        if old.alt != new.alt:
            yield f"Picture {number}, read aloud as", changes(old.alt, new.alt)


def _told(card: Card | None) -> str:
    return f"{card.title}\n{card.description}\n{card.url}" if card else ""


def _lines(before: Draft, after: Draft) -> Iterator[str]:
    if before.platforms != after.platforms:
        was = ", ".join(map(platform_title, before.platforms))
        yield f"It goes to other platforms; before: {was}."
    if before.not_before != after.not_before:
        was = moment_text(before.not_before) if before.not_before else "as soon as it was cleared"
        yield f"It goes out at another time; before: {was}."
    if before.embargo != after.embargo:
        yield "It is under an embargo now." if after.embargo else "It is under no embargo any more."
    if [m.sha256 for m in before.media] != [m.sha256 for m in after.media]:
        yield "Its pictures are others than before."
    if before == after:
        yield "Nothing in what goes out."
