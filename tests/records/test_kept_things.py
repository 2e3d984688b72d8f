"""Things as tables hold them, on both engines: found by their names, and gone without a trace."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from compose.reminder_told import act_on
from shared.mentions.checks import Check
from shared.months.disposal import Disposal, Extent, NotOutlivedError, approved, begun
from shared.months.holding import approved as hold_approved
from shared.months.holding import asked as hold_asked
from shared.months.legal_hold import Cause, Scope, Word
from shared.months.month import read_month
from shared.months.remains import Kind, Remains
from shared.policy.marks import marks_in, read
from shared.posts.appeal import Appeal, AppealState
from shared.posts.consents import ConsentKind
from shared.posts.content import Media
from shared.posts.correction import Correction
from shared.posts.deletion import DeletionState, Said
from shared.posts.life import Outcome, State
from shared.posts.names import (
    AccountId,
    DisposalId,
    ErasureId,
    LeafId,
    LegalHoldId,
    PersonId,
    PlatformName,
)
from shared.posts.series import Happened as Told
from shared.recordlog.acts import Happened
from shared.recordlog.erasure import Basis, Erasure
from shared.recordlog.erasure import State as Erased
from shared.records.appeals import Appeals
from shared.records.approval_rows import approval_row
from shared.records.blocks import Blocks
from shared.records.checks import CHECK, Checks
from shared.records.consents import Consents
from shared.records.deletions import Deletions
from shared.records.disposals import Disposals
from shared.records.drift_entries import DRIFT
from shared.records.erasures import entry_of as erasure_entry
from shared.records.errors import ChangedError, StoppedPictureError
from shared.records.exception_rows import DRIFT_CLOSED, DRIFT_OPEN
from shared.records.exceptions import Exceptions
from shared.records.hold_rows import hold_row
from shared.records.incident_entries import entry_of
from shared.records.kept_things import AT_ONCE, KeptThings
from shared.records.legal_holds import LegalHolds
from shared.records.mentions import Mentions
from shared.records.paging import post_key
from shared.records.pen import ulid
from shared.records.pictures import Pictures
from shared.records.posts import Posts
from shared.records.publication import KeptReceipt
from shared.records.publications import Publications
from shared.records.reminders import Reminders
from shared.records.reviews import Reviews
from shared.records.spelling import as_json
from shared.records.takedowns import Takedowns
from shared.records.transaction import commit
from tests.builders import NOW, a_hold, a_pen, a_post, a_post_id, an_act, an_approval, an_incident
from tests.records import test_deletions, test_exceptions, test_mentions, test_takedowns
from tests.records.test_pictures import a_consent, a_picture
from tests.records.test_reviews import begun as a_review
from tests.unit.compose.series_made import AHEAD, a_reminder

SANDBOX, OKAFOR = PlatformName("sandbox"), PersonId("pc-okafor")
MAY = read_month("2019-05")
LINKED = "Have you seen Pat Invented? https://force.example/appeals/pat-invented?id=7"


class Frozen:
    platform, key, request = SANDBOX, "K", {"text": "x"}


@pytest.fixture
def things(store):
    return KeptThings(store, lambda draft: marks_in(draft, read(draft)), NOW)


@pytest.fixture
def going(store):
    """A disposal that has begun."""
    kept, now = Disposals(store, a_pen()), NOW
    asked = Disposal(DisposalId(ulid(NOW, bytes(10))), MAY, "5f" * 32, Word(PersonId("ann"), now))
    kept.ask(asked)
    agreed = approved(asked, Word(PersonId("bob"), now))
    kept.change(asked, agreed, Happened.DISPOSAL_APPROVED, now)
    after = begun(agreed, Extent(1, 1), now, 7)
    kept.change(agreed, after, Happened.DISPOSAL_BEGUN, now)
    return after


def published(store, post, part="p1"):
    """Sent in, and published on one platform."""
    posts, kept, marks = Posts(store, a_pen()), Publications(store, a_pen()), ()
    if post.state is not State.BLOCKED:
        marks = Appeals(store, a_pen()).marking(
            post.post_id, post.version, marks_in(post.draft, read(post.draft))
        )
    posts.submit(post, an_act(), also=marks)
    claim = kept.claim(post, Frozen(), an_act("publication.claimed"))
    receipt = KeptReceipt(part, f"https://sandbox.example/{part}", post.draft.text)
    return kept.settle(claim, Outcome.SENT, an_act("publication.sent"), receipt=receipt, named=part)


def clear(store, going, things, *remains):
    """Take these out, one transaction after the other."""
    kept = Disposals(store, a_pen())
    for each in remains:
        for removal in things.removing(each):
            going = kept.clear(going, [removal], kept.standing())
    return going


def traces(store, *words):
    """Where one of these words still stands, but in leaves."""
    leaves = {"outbox", "payloads", "record_keys"}
    return [
        (table.noun, each)
        for table in store.all()
        if table.noun not in leaves
        for row in table.scan(consistent_read=True)
        for each in words
        if each in repr(row.serialize())
    ]


def the_only(things, name):
    [found] = things.find({name})
    return found


def test_of_a_post_nothing_is_left_in_any_table(store, things, going):
    post = a_post(LINKED, state=State.PUBLISHED)
    second = replace(post, version=2, editor=PersonId("ed"))
    other = a_post(LINKED, state=State.PUBLISHED)
    for number, each in enumerate((post, second, other)):
        published(store, each, f"p{number}")
        approval, hold = an_approval(each), a_hold(each)
        for row in (approval_row(store, approval), hold_row(store, hold)):
            row.save()
    ended = AppealState.CLOSED
    appeal = Appeal(post.post_id, AccountId("riverside"), OKAFOR, NOW, date(2026, 12, 1), ended)
    commit(store.connection, [Appeals(store, a_pen()).opening(appeal)])
    before = traces(store, other.post_id)

    found = the_only(things, post.post_id)
    after = clear(store, going, things, found)

    assert (found.kind, found.is_over) == (Kind.POST, True)
    assert found.about == {f"account:{post.draft.account}", "person:pc-okafor", "person:ed"}
    assert traces(store, post.post_id) == []
    assert traces(store, other.post_id) == before
    assert after.removed == {"post": 1}
    assert Disposals(store, a_pen()).get(going.disposal_id) == after
    assert list(things.removing(found)) == []


def test_a_post_with_more_parts_than_a_transaction_takes_goes_as_well(store, things, going):
    post = a_post(state=State.PUBLISHED)
    published(store, post)
    for number in range(AT_ONCE + 5):
        row = store.publications.get(post_key(post.post_id, 1), "sandbox")
        row.platform = f"sandbox#{number + 2}"
        row.save()

    clear(store, going, things, the_only(things, post.post_id))

    assert traces(store, post.post_id) == []


@pytest.mark.parametrize("state", [State.SUBMITTED, State.UNCERTAIN, State.HELD])
def test_a_post_without_an_ending_is_not_over(store, things, state):
    post = a_post(state=state)
    Posts(store, a_pen()).submit(post, an_act())

    assert not the_only(things, post.post_id).is_over


def test_a_post_waits_for_its_appeal_and_speaks_of_its_pictures_and_of_what_puts_it_right(
    store, things
):
    picture = a_picture()
    Pictures(store, a_pen()).keep(picture, an_act())
    media = Media(key=picture.key, sha256=picture.sha256, alt="A dog", content_type="image/jpeg")
    post = a_post(state=State.PUBLISHED, media=(media,))
    right = Correction(post.post_id, 1, "Its road")
    correction = a_post(state=State.PUBLISHED, correction=right)
    for each in (post, correction):
        Posts(store, a_pen()).submit(each, an_act())
    appeal = Appeal(post.post_id, AccountId("riverside"), OKAFOR, NOW, date(2026, 12, 1))
    commit(store.connection, [Appeals(store, a_pen()).opening(appeal)])

    found = the_only(things, post.post_id)

    assert not found.is_over
    assert found.speaks_of == {picture.picture_id, correction.post_id}
    assert post.post_id in the_only(things, correction.post_id).speaks_of
    assert the_only(things, picture.picture_id).speaks_of == {post.post_id}


def test_a_deletion_and_its_post_speak_of_each_other(store, things, going):
    post, deletions = test_deletions.POST, Deletions(store, a_pen())
    published(store, post)
    asked, yes = test_deletions.ASKED, test_deletions.APPROVED
    deletions.ask(asked, test_deletions.act(asked))
    assert not the_only(things, asked.deletion_id).is_over
    deletions.change(asked, yes, test_deletions.act(yes))
    deletions.keep_evidence(test_deletions.TARGET, test_deletions.target_act())
    over = replace(yes, state=DeletionState.REMOVED, review=Said(OKAFOR, NOW, True, "Right."))
    deletions.change(yes, over, test_deletions.act(over))

    found = the_only(things, asked.deletion_id)
    assert found.is_over
    assert post.post_id in found.speaks_of
    assert asked.deletion_id in the_only(things, post.post_id).speaks_of
    after = clear(store, going, things, found, the_only(things, post.post_id))

    assert traces(store, asked.deletion_id, post.post_id) == []
    assert after.removed == {"deletion": 1, "post": 1}


def test_a_picture_is_stopped_before_it_goes_and_a_consent_keeps_it(store, things, going):
    consent = a_consent(kind=ConsentKind.FORM)
    Consents(store, a_pen()).record(consent, an_act())
    asked, free = a_picture(1, consents=(consent.consent_id,)), a_picture(2)
    for each in (asked, free):
        Pictures(store, a_pen()).keep(each, an_act())
    [why] = the_only(things, asked.picture_id).kept
    assert str(consent.disposed_on) in why
    later = KeptThings(store, lambda _: (), NOW + timedelta(days=4 * 366))
    assert the_only(later, asked.picture_id).kept == ()

    found = the_only(things, free.picture_id)
    kept = Disposals(store, a_pen())
    kept.stop(MAY, kept.standing(), things.stopping(free.picture_id))
    kept.stop(MAY, kept.standing(), things.stopping(free.picture_id))
    media = Media(key=free.key, sha256=free.sha256, alt="A dog", content_type="image/jpeg")
    with pytest.raises(StoppedPictureError):
        Posts(store, a_pen()).submit(a_post(media=(media,)), an_act())
    clear(store, going, things, found)

    assert traces(store, free.picture_id) == []
    assert (found.kept, found.about) == ((), {"person:PC1"})


def test_what_was_changed_since_it_was_read_stays(store, things, going):
    post = a_post(state=State.PUBLISHED)
    Posts(store, a_pen()).submit(post, an_act())
    removals = list(things.removing(the_only(things, post.post_id)))
    row = store.posts.get(post.post_id, 1)
    row.update([store.posts.state.set(State.UNCERTAIN.value)])
    kept = Disposals(store, a_pen())

    with pytest.raises(ChangedError):
        kept.clear(going, removals, kept.standing())

    assert Posts(store, a_pen()).get(post.post_id)
    assert kept.get(going.disposal_id).removed == {}


def test_a_hold_of_any_kind_that_is_approved_meanwhile_stops_it(store, things, going):
    post = a_post(state=State.PUBLISHED)
    Posts(store, a_pen()).submit(post, an_act())
    kept, holds = Disposals(store, a_pen()), LegalHolds(store, a_pen())
    removals, standing = list(things.removing(the_only(things, post.post_id))), kept.standing()
    scope = Scope(MAY.next.next, None, f"post:{post.post_id}")
    hold_id = LegalHoldId(ulid(NOW, b"9" * 10))
    hold = hold_asked(hold_id, Cause.COURT, "17", scope, Word(PersonId("cid"), NOW))
    holds.ask(hold)
    agreed = hold_approved(hold, Word(PersonId("dee"), NOW))
    holds.change(hold, agreed, Happened.HOLD_APPROVED, at=NOW)

    with pytest.raises(NotOutlivedError, match="approved meanwhile"):
        kept.clear(going, removals, standing)
    with pytest.raises(NotOutlivedError, match="approved meanwhile"):
        kept.stop(MAY, standing, [])

    assert Posts(store, a_pen()).get(post.post_id)


def waiting(store):
    """One of everything else, none of it over."""
    takedown, block = test_takedowns.ASKED, test_takedowns.BLOCK
    Takedowns(store, a_pen()).ask(takedown, test_takedowns.act())
    Blocks(store, a_pen()).ask(block, test_takedowns.block_act())
    mention = test_mentions.received(Mentions(store, a_pen()), test_mentions.a_mention())
    review = a_review()
    Reviews(store, a_pen()).begin_each([(review, an_act())])
    reminder = a_reminder()
    told = act_on(reminder, Told.CREATED, NOW, {})
    Reminders(store, a_pen(), AHEAD).enter(reminder, told)
    post = a_post(state=State.PUBLISHED)
    exception = test_exceptions.an_exception(published(store, post))
    Exceptions(store, a_pen()).open(exception, published_of(store, post), an_act())
    return {
        Kind.TAKEDOWN: takedown.takedown_id,
        Kind.BLOCK: block.block_id,
        Kind.MENTION: mention.mention_id,
        Kind.REVIEW: review.review_id,
        Kind.REMINDER: reminder.reminder_id,
        Kind.EXCEPTION: exception.exception_id,
    }


def published_of(store, post):
    return Publications(store, a_pen()).get(post.post_id, 1, SANDBOX)


def test_what_somebody_waits_for_is_not_over_and_is_found_by_its_name(store, things):
    names = waiting(store)

    for kind, name in names.items():
        found = the_only(things, name)
        assert (found.kind, found.is_over) == (kind, False), kind
    assert {each.kind for each in things.find(set(names.values()))} == set(names)


def test_each_of_them_goes_alone(store, things, going):
    names = waiting(store)
    kept = len(traces(store, *names.values()))

    for kind, name in names.items():
        going = clear(store, going, things, Remains(kind, name))
        assert things.find({name}) == ()

    assert kept >= len(names)
    assert traces(store, *names.values()) == []
    assert going.removed == {kind.value: 1 for kind in names}


def test_a_check_is_found_by_the_subject_of_its_leaf_and_no_round_is(store, things, going):
    check = Check(AccountId("leek"), date(2026, 11, 20), OKAFOR, NOW)
    Checks(store, a_pen()).record(check)
    name = f"{CHECK}leek/2026-11-20"

    found = the_only(things, name)
    assert (found.kind, found.about) == (Kind.CHECK, {"account:leek", "person:pc-okafor"})
    clear(store, going, things, found)
    assert things.find({name, "ear:leek/sandbox", "round:leek/sandbox", a_post_id()}) == ()


ERASURE = Erasure(
    ErasureId(ulid(NOW, b"e" * 10)), LeafId("01LEAF"), Basis.OBJECTION, "17", PersonId("ann"), NOW
)
NAME = ulid(NOW, b"n" * 10)
ENTRY = as_json({"account": "leek", "closed": {"by": "pc-okafor"}})


def of_one_row(store):
    """Things of one row each: the row while somebody waits for it, or None where nobody ever does,
    the row once it is over, and its name."""
    lasting = an_incident(NAME)
    over = replace(lasting, stood_down_at=NOW, stood_down_by=OKAFOR, stood_down_why="Over.")
    incidents = [store.incidents(incident_id=NAME, entry=entry_of(i)) for i in (lasting, over)]
    erasures = [
        store.erasures(erasure_id=ERASURE.erasure_id, entry=erasure_entry(each))
        for each in (ERASURE, replace(ERASURE, state=Erased.REFUSED))
    ]
    drift = f"{DRIFT}leek-1"
    drifts = [
        store.exceptions(exception_id=drift, entry=ENTRY, listed=each)
        for each in (DRIFT_OPEN, DRIFT_CLOSED)
    ]
    cases = [store.impostors(case_id=NAME, entry=ENTRY, open=each) for each in ("open", None)]
    samples = [
        store.samples(sample_id="2026-10-leek", listed="samples", entry=ENTRY, open=each)
        for each in ("open", None)
    ]
    report = store.reports(report_id="2026-10-leek", listed="reports", entry=ENTRY)
    return {
        Kind.INCIDENT: (*incidents, NAME),
        Kind.ERASURE: (*erasures, ERASURE.erasure_id),
        Kind.DRIFT: (*drifts, drift),
        Kind.IMPOSTOR: (*cases, NAME),
        Kind.SAMPLE: (*samples, "2026-10-leek"),
        Kind.REPORT: (None, report, "2026-10-leek"),
    }


@pytest.mark.parametrize(
    "kind",
    [Kind.INCIDENT, Kind.ERASURE, Kind.DRIFT, Kind.IMPOSTOR, Kind.SAMPLE, Kind.REPORT],
)
def test_a_thing_of_one_row_is_over_when_nobody_waits_for_it_and_then_goes(
    store, things, going, kind
):
    waits, over, name = of_one_row(store)[kind]
    if waits is not None:
        waits.save()
        assert not the_only(things, name).is_over
    over.save()

    found = the_only(things, name)
    clear(store, going, things, found)

    assert (found.kind, found.is_over) == (kind, True)
    assert any(each.startswith("person:") for each in found.about) or kind is Kind.REPORT
    assert traces(store, name) == []


def test_the_mark_of_an_erasure_goes_with_it_and_that_of_another_does_not(store, things, going):
    refused = replace(ERASURE, state=Erased.REFUSED)
    store.erasures(erasure_id=refused.erasure_id, entry=erasure_entry(refused)).save()
    mark = store.erasures(erasure_id=f"leaf:{refused.leaf_id}", entry="01ANOTHER")
    mark.save()

    going = clear(store, going, things, the_only(things, refused.erasure_id))
    assert store.erasures.get(mark.erasure_id).entry == "01ANOTHER"

    store.erasures(erasure_id=refused.erasure_id, entry=erasure_entry(refused)).save()
    store.erasures(erasure_id=mark.erasure_id, entry=refused.erasure_id).save()
    clear(store, going, things, the_only(things, refused.erasure_id))
    assert list(store.erasures.scan()) == []
