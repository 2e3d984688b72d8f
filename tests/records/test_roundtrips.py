"""Every shape comes back from its row as it went in, whatever it holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.accounts.checklist import Item
from shared.accounts.custody import Check, Custody, Use
from shared.accounts.registry import (
    Acceptance,
    Account,
    AccountKind,
    AccountStatus,
    ApprovalMode,
    ClosureProposed,
    Delegation,
    Handle,
    Leave,
    Person,
    PersonStatus,
    ReservedName,
    StatusChange,
    TwoStep,
)
from shared.accounts.training import Topic, Training
from shared.posts.content import Card, Draft, Kind, Media, Variant, content_hash
from shared.posts.correction import Correction
from shared.posts.deletion import (
    Asked,
    Deletion,
    DeletionState,
    DeletionTarget,
    Evidence,
    Ground,
    Removal,
    Said,
    Version,
)
from shared.posts.life import Outcome, Post, State, Urgency, UrgentReview
from shared.posts.names import ContentHash, PersonId
from shared.posts.threads import MOST_PARTS, SEPARATOR
from shared.records.account_entries import account_of, account_row
from shared.records.approval import (
    WRONG_CODES,
    Approval,
    ApprovalState,
    Asking,
    Decision,
    Link,
    Ruling,
    TakenBack,
)
from shared.records.approval_rows import approval_of, approval_row
from shared.records.custodies import custody_of, custody_row
from shared.records.deletion_entries import deletion_of, target_of, target_row
from shared.records.deletion_entries import head_row as deletion_row
from shared.records.drafts import draft_of, draft_text
from shared.records.hold import Hold, HoldRuling, Review, Why
from shared.records.hold_rows import hold_of, hold_row
from shared.records.links import link_of, link_row
from shared.records.loghead import Head, head_of, head_row
from shared.records.people import People
from shared.records.person_entries import person_of, person_row
from shared.records.posts import Posts, post_of, post_row
from shared.records.publication import KeptReceipt, Publication
from shared.records.publication_entries import publication_of, publication_row
from shared.records.sessions import Session, session_of, session_row
from shared.records.spelling import as_json, moment, written
from shared.records.tables import tables
from tests.builders import NOW, a_link, a_pen, a_post, a_post_id, an_act, an_approval

TABLES = tables("any-", "eu-west-2")

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
name = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
EPOCH, FAR = datetime(1970, 1, 1), datetime(9990, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
moments = st.datetimes(timezones=st.just(UTC), max_value=FAR)
wherever = st.datetimes(
    timezones=st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m)))
)
later = st.datetimes(EPOCH, FAR, timezones=st.just(UTC))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(text, json_values, max_size=4)
count = st.integers(1, 10**6)

media = st.builds(Media, text, text, text, text, text, st.booleans())
drafts = st.builds(
    Draft,
    text=text,
    account=name,
    platforms=st.lists(name, max_size=3).map(tuple),
    kind=st.sampled_from(Kind),
    about=st.none() | text,
    language=text,
    media=st.lists(media, max_size=2).map(tuple),
    not_before=st.none() | wherever,
    expires_at=st.none() | wherever,
    embargo=st.booleans(),
    variants=st.lists(st.builds(Variant, name, text), max_size=2).map(tuple),
    card=st.none() | st.builds(Card, text, text, text),
)
posts = st.builds(
    Post,
    post_id=name,
    version=count,
    draft=drafts,
    content_hash=name,
    author=name,
    submitted_at=moments,
    state=st.sampled_from(State),
    policy_version=text,
    findings=st.lists(objects, max_size=3).map(tuple),
    reason=st.none() | text,
    second_reader=st.none() | text,
    editor=st.none() | name,
    urgency=st.sampled_from(Urgency),
    urgent_reason=st.none() | text,
    incident=st.none() | name,
    reviewed_at=st.none() | moments,
    incident_reviewed_at=st.none() | moments,
    urgent_review=st.none() | st.builds(UrgentReview, name, moments, text),
    correction=st.none() | st.builds(Correction, name, count, text, text, st.booleans()),
)
said = st.none() | st.builds(Said, name, moments, st.booleans(), text)
deletions = st.builds(
    Deletion,
    deletion_id=name,
    posts=st.lists(st.builds(Version, name, count), min_size=1, max_size=3).map(tuple),
    accounts=st.lists(name, min_size=1, max_size=2).map(tuple),
    asked=st.builds(Asked, name, moments, st.sampled_from(Ground), text, text, text, st.booleans()),
    state=st.sampled_from(DeletionState),
    ruling=said,
    review=said,
    ended_at=st.none() | moments,
    reason=st.none() | text,
)
evidence = st.builds(
    Evidence,
    moments,
    text,
    st.none() | text,
    text,
    st.lists(st.tuples(name, text), max_size=2).map(tuple),
    name,
    text,
    st.none() | moments,
    st.dictionaries(name, text, max_size=2),
)
removals = st.builds(
    DeletionTarget,
    deletion_id=name,
    post_id=name,
    version=count,
    place=name,
    account=name,
    state=st.sampled_from(Removal),
    evidence=evidence,
    removed_at=st.none() | moments,
    proved_at=st.none() | moments,
    reason=st.none() | text,
    by=st.none() | name,
)
rulings = st.builds(
    Ruling, by=name, at=moments, reason=st.none() | text, shown_at=st.none() | moments
)
asked = st.builds(
    Approval,
    post_id=name,
    version=count,
    account=name,
    author=name,
    content_hash=name,
    state=st.sampled_from([ApprovalState.PENDING, ApprovalState.EXPIRED, ApprovalState.VOID]),
    round=count,
    asked=st.lists(name, max_size=3).map(tuple),
    opened_at=moments,
    ends_at=moments,
    task_token=text,
    ruling=st.none(),
    delivered=st.just(False),
    askings=st.lists(
        st.builds(Asking, count, st.lists(name, max_size=2).map(tuple), moments), max_size=2
    ).map(tuple),
)
decided = st.builds(
    lambda approval, ruling, delivered: Approval(
        **{
            **vars(approval),
            "state": ApprovalState.DECIDED,
            "ruling": ruling,
            "delivered": delivered,
        }
    ),
    asked,
    rulings,
    st.booleans(),
)
taken_back = st.builds(
    lambda approval, back, delivered: replace(
        approval, state=ApprovalState.VOID, taken_back=back, delivered=delivered
    ),
    asked | decided,
    st.builds(TakenBack, st.sampled_from([State.SUPERSEDED, State.WITHDRAWN]), name, moments),
    st.booleans(),
)
links = st.builds(
    lambda wrong, taken_back, **fields: Link(
        wrong_codes=wrong, void=taken_back or wrong >= WRONG_CODES, **fields
    ),
    st.integers(0, WRONG_CODES),
    st.booleans(),
    link_hash=name,
    code_hash=text,
    post_id=name,
    version=count,
    account=name,
    author=name,
    person_id=name,
    content_hash=text,
    expires_at=later,
    round=st.integers(0, 9),
)
hold_rulings = st.builds(HoldRuling, st.sampled_from(Review), name, moments, st.none() | text)
holds = st.builds(
    lambda ruling, rests, **fields: Hold(
        ruling=ruling,
        delivered=ruling is not None and rests,
        over=ruling is None and rests,
        **fields,
    ),
    st.none() | hold_rulings,
    st.booleans(),
    post_id=name,
    version=count,
    account=name,
    author=name,
    content_hash=name,
    why=st.sampled_from(Why),
    incident=st.none() | name,
    held_at=moments,
    ends_at=moments,
    task_token=text,
    partly=st.booleans(),
)
publications = st.builds(
    Publication,
    post_id=name,
    version=st.integers(1, 999_999),
    platform=name.filter(lambda word: SEPARATOR not in word),
    part=st.integers(1, MOST_PARTS),
    account=name,
    content_hash=text,
    state=st.sampled_from(Outcome),
    key=text,
    request=objects,
    attempts=count,
    claimed_at=moments,
    attempted_at=moments,
    settled_at=st.none() | moments,
    named=st.none() | text,
    receipt=st.none() | st.builds(KeptReceipt, text, text, text, text),
    reason=st.none() | text,
)
accounts = st.builds(
    Account,
    account_id=name,
    title=text,
    area=text,
    email=text,
    handles=st.lists(st.builds(Handle, text, text, text), max_size=3).map(tuple),
    owner=text,
    members=st.frozensets(text, max_size=3),
    deputies=st.frozensets(text, max_size=3),
    senior=st.booleans(),
    approval_mode=st.sampled_from(ApprovalMode),
    status=st.sampled_from(AccountStatus),
    kind=st.sampled_from(AccountKind),
    purpose=text,
    audience=text,
    parent=st.none() | name,
    communications_manager=st.none() | name,
    force_page=text,
    house_rules=text,
    checklist=st.frozensets(st.sampled_from(Item)),
    reserved_names=st.lists(st.builds(ReservedName, text, text), max_size=2).map(tuple),
    rhythm_hours=st.none() | st.integers(0, 999),
    two_step=st.lists(st.builds(TwoStep, text, st.dates()), max_size=2).map(tuple),
    review_date=st.none() | st.dates(),
    history=st.lists(
        st.builds(StatusChange, st.sampled_from(AccountStatus), moments, name, text), max_size=2
    ).map(tuple),
    closure_proposed=st.none() | st.builds(ClosureProposed, moments, moments),
    kept_open_at=st.none() | moments,
)
people = st.builds(
    Person,
    person_id=name,
    name=text,
    email=text,
    mobile=text,
    status=st.sampled_from(PersonStatus),
    duty=st.none() | st.integers(0, 99),
    rank=text,
    training=st.lists(st.builds(Training, st.sampled_from(Topic), st.dates()), max_size=2).map(
        tuple
    ),
    acceptance=st.none() | st.builds(Acceptance, text, st.dates()),
    leave=st.lists(st.builds(Leave, st.dates(), st.dates(), st.none() | name), max_size=2).map(
        tuple
    ),
    reverified_at=st.none() | moments,
    history=st.lists(
        st.builds(StatusChange, st.sampled_from(PersonStatus), moments, name, text), max_size=2
    ).map(tuple),
    senior=st.booleans(),
    delegations=st.lists(st.builds(Delegation, name, st.dates(), st.dates(), text), max_size=2).map(
        tuple
    ),
)
custodies = st.builds(
    Custody,
    account_id=name,
    platform=name.filter(lambda each: "/" not in each),  # no platform is called so
    known_by=st.frozensets(name, max_size=3),
    set_by=name,
    due=st.dates(),
    set_at=st.none() | moments,
    begun_at=st.none() | moments,
    forced_at=st.none() | moments,
    check=st.sampled_from(Check),
    checked_at=st.none() | moments,
    use=st.sampled_from(Use),
    ends_at=st.none() | moments,
)
sessions = st.builds(Session, name, name, moments, later)
heads = st.builds(
    Head, name, st.integers(0, 2**62), st.binary(min_size=32, max_size=32), text, text
)

ROUND_TRIPS = [
    pytest.param(TABLES.posts, posts, post_row, post_of, id="post"),
    pytest.param(
        TABLES.approvals, asked | decided | taken_back, approval_row, approval_of, id="approval"
    ),
    pytest.param(TABLES.deletions, deletions, deletion_row, deletion_of, id="deletion"),
    pytest.param(TABLES.deletions, removals, target_row, target_of, id="removal"),
    pytest.param(TABLES.holds, holds, hold_row, hold_of, id="hold"),
    pytest.param(TABLES.links, links, link_row, link_of, id="link"),
    pytest.param(
        TABLES.publications, publications, publication_row, publication_of, id="publication"
    ),
    pytest.param(TABLES.accounts, accounts, account_row, account_of, id="account"),
    pytest.param(TABLES.people, people, person_row, person_of, id="person"),
    pytest.param(TABLES.custodies, custodies, custody_row, custody_of, id="custody"),
    pytest.param(TABLES.sessions, sessions, session_row, session_of, id="session"),
    pytest.param(TABLES.loghead, heads, head_row, head_of, id="head"),
]


@pytest.mark.parametrize(("table", "shapes", "row_of", "shape_of"), ROUND_TRIPS)
@given(data=st.data())
def test_every_shape_comes_back_from_its_row(data, table, shapes, row_of, shape_of):
    shape = data.draw(shapes)

    item = row_of(TABLES, shape).serialize()

    assert shape_of(table.from_raw_data(item)) == shape


@given(drafts)
def test_a_draft_comes_back_with_the_content_hash_it_had(draft):
    assert content_hash(draft_of(draft_text(draft))) == content_hash(draft)


@given(moments, moments)
def test_moments_sort_as_text_as_they_do_in_time(one, other):
    assert (written(one) < written(other)) == (one < other)
    assert moment(written(one)) == one


@given(wherever.filter(lambda moment: 2 < moment.year < 9998))
def test_the_same_moment_elsewhere_is_written_alike(elsewhere):
    assert written(elsewhere) == written(elsewhere.astimezone(UTC))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(post=posts)
def test_the_database_gives_back_any_post(store, post):
    kept = Post(**{**vars(post), "post_id": a_post_id(), "content_hash": ContentHash("0" * 64)})

    Posts(store, a_pen()).submit(kept, an_act())

    assert Posts(store, a_pen()).get(kept.post_id, kept.version) == kept


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=people)
def test_the_database_gives_back_any_person(store, person):
    kept = Person(**{**vars(person), "person_id": a_post_id()})

    People(store, a_pen()).enter(kept, an_act())

    assert People(store, a_pen()).get(kept.person_id) == kept


def test_a_ruling_from_before_the_page_was_timed_and_an_approval_without_askings_can_be_read():
    ruling = {"decision": "approve", "by": "comms-ray", "at": written(NOW), "way": "link"}
    approval = an_approval()
    row = approval_row(TABLES, replace(approval, state=ApprovalState.DECIDED, askings=()))
    row.ruling = as_json({**ruling, "reason": None})

    found = approval_of(TABLES.approvals.from_raw_data(row.serialize()))

    assert (found.ruling.decision, found.ruling.shown_at) == (Decision.APPROVE, None)
    assert (found.askings, found.newest_round(PersonId("comms-ray"))) == ((), 0)


def test_a_link_from_before_its_round_was_kept_can_be_read():
    row = link_row(TABLES, replace(a_link(a_post()), round=0))

    assert "round" not in row.serialize()
    assert link_of(TABLES.links.from_raw_data(row.serialize())).round == 0


def test_a_post_from_before_there_were_incidents_and_embargoes_can_be_read():
    post = a_post(not_before=NOW)
    row = post_row(TABLES, post)
    row.draft = row.draft.replace(',"embargo":false', "")
    assert "embargo" not in row.draft
    since = ("editor", "urgency", "urgent_reason", "incident", "reviewed_at", "urgent_review")
    for later_attribute in (*since, "incident_reviewed_at", "urgent_open"):
        setattr(row, later_attribute, None)

    assert post_of(TABLES.posts.from_raw_data(row.serialize())) == post
