"""A force's September and October, sealed: posts that are approved, published, corrected, deleted,
changed in the app; a comment that is kept sealed. The acts are made by the product's own builders.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

from archive.reading.bags import Bags
from archive.reading.known_keys import Keys
from compose.told import submitted_acts
from local.audit.folders import FolderShelf
from shared.posts.acts import SYSTEM, Happened, subject
from shared.posts.correction import Correction
from shared.posts.deletion import Asked, Deleted, Deletion, DeletionState, Ground, Said, Version
from shared.posts.exception_found import Cause, Change, Noticed
from shared.posts.names import LeafId, PersonId
from shared.recordlog.leaf import Act
from shared.recordlog.tiles import grow
from shared.records.acts import act_on
from shared.records.deletion_acts import act_on_deletion, act_on_target
from shared.records.payloads import Kept
from shared.records.pen import ulid
from tests.builders import a_draft, a_picture, a_post
from tests.unit.archive.closing import (
    ARCHIVE_SIGNER,
    LOG_SIGNER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Archived,
    close,
    on,
)

AUTHOR, APPROVER = PersonId("pc-okafor"), PersonId("a-hughes")
WORDS = 'The road at Rudyard is closed. =HYPERLINK("x") <b>£5</b> ‘\u202eopen’ \U0001f6a7 Siân ŵ'
RIGHT = "Sorry, we got that wrong. The road is open."
KEYS = Keys((LOG_SIGNER.key, ARCHIVE_SIGNER.key))
PLATFORM = "mastodon"


def an_id(number):
    return ulid(datetime(2026, 9, 4, 8, 0, tzinfo=UTC), number.to_bytes(10, "big"))


WRONG, CORRECTION, EDITED, NOTE, OTHER = map(an_id, range(1, 6))
DELETION = an_id(77)


def tell(world, acts):
    """These acts enter the log one after the other, and a checkpoint says so."""
    entries = []
    for act in acts:
        leaf = world.pen.leaf(act)
        world.rows[LeafId(leaf.leaf_id)] = Kept(leaf.payload, leaf.salt)
        entries.append(leaf.envelope)
    growth = grow(world.edge, entries)
    world.live.update(growth.objects)
    world.edge = growth.edge
    world.publish(acts[-1].at)


def sent(post, at, text=None, place=PLATFORM, happened=Happened.SENT):
    payload = {
        "named": None,
        "platform_id": "123",
        "proof": "seen",
        "reason": None,
        "text_read_back": text or post.draft.text,
        "url": f"https://social.example/@riverside/{post.post_id}",
    }
    return act_on(post, happened, at, payload, target=place)


def a_published_life(post, at, place=PLATFORM):
    """Sent in, approved, released, sent, concluded."""
    minute = timedelta(minutes=1)
    asked = {"round": 0, "approvers": [APPROVER]}
    yield from submitted_acts(post)
    yield act_on(post, Happened.APPROVAL_ASKED, at + minute, asked)
    yield act_on(
        post,
        Happened.APPROVED,
        at + 2 * minute,
        {},
        actor=APPROVER,
        approver=APPROVER,
        reason="Fine.",
    )
    yield act_on(
        post, Happened.RELEASED, at + 3 * minute, {"platforms": [place]}, approver=APPROVER
    )
    yield act_on(post, Happened.CLAIMED, at + 4 * minute, {}, target=place)
    yield sent(post, at + 5 * minute, place=place)
    yield act_on(post, Happened.CONCLUDED, at + 6 * minute, {"outcomes": {place: "sent"}})


def made(post_id, text, at, **changes):
    draft = a_draft(
        text, platforms=(changes.pop("platform", PLATFORM),), media=changes.pop("media", ())
    )
    return a_post(post_id=post_id, draft=draft, submitted_at=at, **changes)


def a_deletion(post, at):
    return Deletion(
        DELETION,
        (Version(post.post_id, 1),),
        (post.draft.account,),
        Asked(
            AUTHOR, at, Ground.FACTUAL_DANGER, "It sends people into the flood.", "We took it down."
        ),
        DeletionState.APPROVED,
        Said(APPROVER, at, approved=True, reason="Yes."),
    )


def deletion_acts(post, at):
    deletion, second = a_deletion(post, at), timedelta(seconds=1)
    named = {"contents": {subject(post.post_id, 1): post.content_hash}, "why": deletion.asked.why}
    yield act_on_deletion(deletion, Deleted.ASKED, at, named, actor=AUTHOR)
    yield act_on_deletion(
        deletion, Deleted.APPROVED, at + second, {"reason": "Yes."}, actor=APPROVER
    )
    for number, (happened, payload) in enumerate(
        (
            (Deleted.EVIDENCE, {"cleared": post.draft.text, "shown": post.draft.text}),
            (Deleted.REMOVED, {"url": "https://social.example/1"}),
            (Deleted.PROVED, {}),
        ),
        2,
    ):
        when = at + number * second
        yield act_on_target(deletion, post, PLATFORM, happened, at=when, payload=payload)
    yield act_on_deletion(deletion, Deleted.CONCLUDED, at + 6 * second, {"standing": []})


def exception_acts(post, at):
    named = f"exception:{post.post_id}-1-{PLATFORM}-1-altered-ab12cd34"
    said = {
        "place": PLATFORM,
        "post": f"{post.post_id}-1",
        "published": post.draft.text,
        "shown": "Hacked!",
        "url": "https://social.example/2",
    }
    found, told, closed = Noticed.FOUND.value, Noticed.TOLD.value, Noticed.CLOSED.value
    altered, ours = Change.ALTERED.value, Cause.OURS.value
    account = post.draft.account
    yield Act(found, account, named, at, SYSTEM, None, altered, said)
    yield Act(told, account, named, at, SYSTEM, None, None, {})
    why = {"cause": ours, "change": altered, "place": PLATFORM, "post": f"{post.post_id}-1"}
    yield Act(closed, account, named, at, APPROVER, None, ours, why)


def a_comment(at):
    return Act(
        type="takedown.evidence_kept",
        account="riverside",
        subject="takedown:01TAKEN",
        at=at,
        actor=SYSTEM,
        approver=None,
        reason="offensive",
        payload={"comment": "c-1", "platform": PLATFORM},
        personal={"author": "Somebody Else", "text": "You are all useless."},
    )


@cache
def archive_made():
    """Both months as they lie on the shelf; nobody may change it."""
    world = Archived()
    begun = on(SEPTEMBER, 4)
    wrong = made(WRONG, WORDS, begun, media=(a_picture(),))
    other = made(OTHER, "A lost dog was found.", begun + timedelta(hours=1))
    edited = made(EDITED, "Come to our surgery.", begun + timedelta(hours=2))
    world.log(7, begun - timedelta(days=1))
    tell(world, list(a_published_life(wrong, begun)))
    tell(world, list(a_published_life(other, other.submitted_at)))
    tell(world, list(a_published_life(edited, edited.submitted_at)))
    tell(world, [a_comment(begun + timedelta(hours=3))])
    world.log(300, on(SEPTEMBER, 20))
    correction = made(
        CORRECTION,
        RIGHT,
        on(OCTOBER, 2),
        correction=Correction(WRONG, 1, "The road was open.", "C-17"),
    )
    note = made(NOTE, "We took a post down.", on(OCTOBER, 6), note_of=DELETION)
    tell(world, list(a_published_life(correction, correction.submitted_at)))
    tell(world, list(exception_acts(edited, on(OCTOBER, 3))))
    tell(world, list(deletion_acts(wrong, on(OCTOBER, 5))))
    tell(world, list(a_published_life(note, note.submitted_at)))
    world.log(20, on(OCTOBER, 20))
    close(world, SEPTEMBER)
    close(world, OCTOBER)
    return world


def archive_in(folder):
    """The archive as files, which may be spoilt."""
    return archive_made().lay_out(folder)


def bags_in(folder, keys=KEYS):
    return Bags(FolderShelf(folder), keys)


class Lying:
    """The archive in memory."""

    def __init__(self, objects=None):
        self.objects = archive_made().objects if objects is None else objects

    def read(self, path):
        return self.objects.get(path)

    def paths(self, prefix):
        return [path for path in self.objects if path.startswith(prefix)]


def bags_of(keys=KEYS, objects=None):
    return Bags(Lying(objects), keys)


@cache
def archive_with_november():
    """A third month in which nothing happened."""
    world = Archived()
    world.log(5, on(SEPTEMBER, 4))
    world.log(5, on(OCTOBER, 4))
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(world, month)
    return world


def a_reading(keys=KEYS, objects=None):
    return Bags(Lying(objects), keys).between()


def index_of(reading, kind, about=""):
    """The first leaf of that type, about something."""
    from archive.reading.choose_records import Wanted, chosen

    found = chosen(reading, Wanted(types=(kind,)))
    return next(each.index for each in found if about in each.envelope.subject)
