"""Fills the page of one post: its words, where it stands, what it waits for, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from compose.shown import media_view
from compose.versions import MENDABLE
from compose.waiting import WAITS
from compose.withdraw import may_withdraw
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_post
from shared.pages.approval_views import ChangedView
from shared.pages.author_views import HoldView, RightedView, UrgentView
from shared.pages.parts import OtherWords
from shared.pages.views import (
    FieldError,
    FindingView,
    HistoryLine,
    PostView,
    TargetView,
)
from shared.pages.words import STATES
from shared.posts.changes import changes
from shared.posts.content import whole_text
from shared.posts.life import Outcome, Post, State, waits_for_review
from shared.posts.names import PersonId, PlatformName
from shared.posts.outcomes import MAY_STAND, UNKNOWN
from shared.posts.threads import places, spelled
from shared.posts.urgent import review_due
from shared.records.hold import Hold, Why
from shared.records.publication import Publication
from shared.records.replacing import Standing

HELD = {
    Why.INCIDENT: "It was held for a critical incident. Communications look at every held post, "
    "one by one, and say whether it still goes out.",
    Why.LATE: "It was cleared too late to go out unseen. Its author or communications say whether "
    "it still should.",
}


@dataclass(frozen=True)
class Life:
    """One post as it is on record: its versions, what the newest waits for, and who had a hand in
    it."""

    versions: tuple[Post, ...]
    standing: Standing
    account: Account
    people: Mapping[PersonId, Person]
    publications: tuple[Publication, ...]
    corrections: tuple[Post, ...] = ()

    @property
    def post(self) -> Post:
        """The newest version."""
        return self.standing.post

    def name(self, person_id: PersonId) -> str:
        """What a person is called; the bare id of somebody the registry does not know."""
        person = self.people.get(person_id)
        return person.name if person else person_id


def people_of(versions: tuple[Post, ...], standing: Standing) -> set[PersonId]:
    """Everybody whose name the page says."""
    post, approval = standing.post, standing.approval
    named = {version.author for version in versions} | {v.editor for v in versions}
    named |= set(approval.asked) if approval and post.state is State.AWAITING_APPROVAL else set()
    named |= {post.urgent_review.by} if post.urgent_review else set()
    return {person for person in named if person}


def post_view(
    life: Life, reader: Person, *, errors: tuple[FieldError, ...] = (), written_reason: str = ""
) -> PostView:
    """The newest version's life, with the older versions as its history, each its author's."""
    post, approval = life.post, life.standing.approval
    asked = approval if approval and post.state is State.AWAITING_APPROVAL else None
    return PostView(
        post_id=post.post_id,
        version=post.version,
        account_title=life.account.title,
        author=life.name(post.author),
        text=post.draft.text,
        targets=_targets(life, reader),
        state=post.state,
        submitted_at=post.submitted_at,
        due=post.draft.not_before,
        policy_version=post.policy_version,
        content_hash=post.content_hash,
        media=tuple(map(media_view, post.draft.media)),
        others=OtherWords.of(post.draft),
        findings=tuple(FindingView.of(finding, post.draft) for finding in post.findings),
        asked=tuple(map(life.name, asked.asked)) if asked else (),
        approval_expires_at=asked.ends_at if asked else None,
        reason=post.reason,
        history=tuple(_line(life, old) for old in life.versions[:-1]),
        may_change=_may_change(life.standing, reader),
        second_reader=post.second_reader,
        editor=life.name(post.editor) if post.editor else None,
        embargo=post.draft.embargo,
        urgency=post.urgency,
        hold=_hold(post, life.standing.hold, reader),
        urgent=_urgent(life),
        may_withdraw=_is_whole(life.standing) and may_withdraw(reader, post).allowed,
        may_delete=_may_be_out(life) and may(reader, Right.ASK_DELETION).allowed,
        righted=_righted(life, reader),
        errors=errors,
        written_reason=written_reason,
        changed=_changed(life.versions),
    )


def _changed(versions: tuple[Post, ...]) -> ChangedView | None:
    """What the newest version says other than the one before it."""
    words = [whole_text(version.draft) for version in versions[-2:]]
    if len(set(words)) < 2:  # noqa: PLR2004 - the older and the newer words
        return None
    return ChangedView(versions[-2].version, (("The words", changes(*words)),))


def _is_whole(standing: Standing) -> bool:
    """Whether it waits and nothing of it is out."""
    partly = standing.hold is not None and standing.hold.partly
    return standing.post.state in WAITS and not partly


def _may_be_out(life: Life) -> bool:
    """Whether the public sees any of it, or may."""
    return any(each.state in MAY_STAND for each in life.publications)


def _righted(life: Life, reader: Person) -> RightedView:
    right = life.post.correction
    return RightedView(
        _may_correct(life, reader),
        right.post_id if right and not right.appeal else None,
        tuple(each.post_id for each in life.corrections),
        any(_closes(each) for each in life.corrections),
        life.post.note_of,
        life.post.reply.mention_id if life.post.reply else None,
    )


def _may_correct(life: Life, reader: Person) -> bool:
    """Whether it stands somewhere, and this person may say what is true instead."""
    stands = any(each.state is Outcome.SENT for each in life.publications)
    return stands and life.post.correction is None and may_post(reader, life.account).allowed


def _closes(correction: Post) -> bool:
    said = correction.state in {State.PUBLISHED, State.PARTLY_PUBLISHED}
    return said and correction.correction is not None and correction.correction.closes_thread


def _may_change(standing: Standing, reader: Person) -> bool:
    post = standing.post
    theirs = post.author == reader.person_id or may(reader, Right.WRITE_FOR_ANY).allowed
    return theirs and (post.state in MENDABLE or _is_whole(standing))


def _hold(post: Post, hold: Hold | None, reader: Person) -> HoldView | None:
    if hold is None or post.state is not State.HELD:
        return None
    own = hold.why is Why.LATE and post.author == reader.person_id
    decides = own or may(reader, Right.APPROVE).allowed
    address = f"/held/{post.post_id}-{post.version}" if decides and hold.waits else None
    return HoldView(HELD[hold.why], hold.held_at, hold.ends_at, address)


def _urgent(life: Life) -> UrgentView | None:
    post, review = life.post, life.post.urgent_review
    if post.urgent_reason is None:
        return None
    said = HistoryLine(review.at, life.name(review.by), "", review.remark) if review else None
    due = review_due(post.submitted_at) if waits_for_review(post) else None
    return UrgentView(post.urgent_reason, said, due)


def _line(life: Life, old: Post) -> HistoryLine:
    what = f"Version {old.version}: {STATES[old.state].tag.lower()}."
    return HistoryLine(
        old.submitted_at, life.name(old.editor or old.author), what, old.reason or ""
    )


def _targets(life: Life, reader: Person) -> tuple[TargetView, ...]:
    found = {publication.place: publication for publication in life.publications}
    views = []
    for name, part in places(life.post.draft):
        handle, publication = life.account.handle(name), found.get(spelled(name, part))
        outcome = publication.state if publication else None
        views.append(
            TargetView(
                platform=name,
                handle=handle.name if handle else life.account.title,
                outcome=outcome,
                url=publication.receipt.url if publication and publication.receipt else None,
                note=(publication.reason or "") if publication else "",
                settle=_settle(life.post, name, part, outcome, reader),
                part=part,
            )
        )
    return tuple(views)


def _settle(
    post: Post, name: PlatformName, part: int, outcome: Outcome | None, reader: Person
) -> str | None:
    """Where the reader says what became of it there, if nobody knows and it is theirs to say."""
    unknown = post.state is State.UNCERTAIN and (outcome is None or outcome in UNKNOWN)
    if not unknown or not may(reader, Right.SETTLE).allowed:
        return None
    address = f"/uncertain/{post.post_id}/{post.version}/{name}"
    return address if part == 1 else f"{address}?part={part}"
