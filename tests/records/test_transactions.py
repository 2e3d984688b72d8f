"""All or nothing; sizes as the database counts them; contention met with patience, in bounds."""

from io import BytesIO
from itertools import repeat

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from pynamodb.exceptions import AttributeNullError, CancellationReason, VerboseClientError
from urllib3 import HTTPResponse

from shared.records.calls import USER_AGENT
from shared.records.errors import (
    AlreadyExistsError,
    BusyError,
    DatabaseRefusedError,
    NotFoundError,
    TooLargeError,
    UnavailableError,
)
from shared.records.outbox import Outbox
from shared.records.posts import Posts, post_row
from shared.records.reading import Key, fetch
from shared.records.tables import tables
from shared.records.transaction import (
    BACKOFF_SECONDS,
    ITEM_BYTES,
    Write,
    commit,
    measure,
)
from tests.builders import a_pen, a_post, an_act


def a_write(store, key="one", refusal=None):
    row = store.platform_sessions(name=key, session="{}")
    refuse = refusal or AlreadyExistsError("session", key)
    return Write(row, store.platform_sessions.name.does_not_exist(), lambda _: refuse)


def cancelled(*codes):
    """The error that PynamoDB makes of a cancelled transaction with these reasons."""
    reasons = [CancellationReason(code) if code else None for code in codes]
    answer = {"Error": {"Code": "TransactionCanceledException", "Message": ""}}
    return VerboseClientError(answer, "TransactWriteItems", {}, cancellation_reasons=reasons)


class Answering:
    """Stands for the connection's calls: gives these answers, an error by raising it."""

    def __init__(self, monkeypatch, store, *answers):
        self.asked = []
        self.pauses = []
        self._answers = iter(answers)
        monkeypatch.setattr(store.connection, "_make_api_call", self._answer)

    def _answer(self, operation, arguments):
        self.asked.append((operation, arguments))
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def offline():
    return tables("offline-", "eu-west-2", "http://127.0.0.1:9")


class TestAllOrNothing:
    def test_one_failed_condition_writes_nothing(self, store):
        commit(store.connection, [a_write(store, "one")])

        with pytest.raises(AlreadyExistsError):
            commit(store.connection, [a_write(store, "two"), a_write(store, "one")])

        with pytest.raises(store.platform_sessions.DoesNotExist):
            store.platform_sessions.get("two")

    def test_of_two_refusals_the_callers_first_is_told(self, store):
        commit(store.connection, [a_write(store, "one"), a_write(store, "two")])
        first, second = NotFoundError("first", ""), NotFoundError("second", "")

        with pytest.raises(NotFoundError) as told:
            commit(
                store.connection,
                [a_write(store, "two", first), a_write(store, "one", second)],
            )

        assert told.value is first

    def test_a_refused_act_leaves_no_leaf(self, store):
        posts, post = Posts(store, a_pen()), a_post()
        posts.submit(post, an_act())

        with pytest.raises(AlreadyExistsError):
            posts.submit(post, an_act())

        assert len(Outbox(store).pending(10)) == 1


class TestOneRequest:
    """What a transaction costs besides its call."""

    def test_a_row_is_spelled_once_though_it_is_measured_and_sent(self, monkeypatch, offline):
        answering, spelled = Answering(monkeypatch, offline, {}), []
        spell = offline.platform_sessions.serialize

        def counted(row, **how):
            spelled.append(row.name)
            return spell(row, **how)

        monkeypatch.setattr(offline.platform_sessions, "serialize", counted)

        commit(offline.connection, [a_write(offline, "one"), a_write(offline, "two")])

        assert spelled == ["one", "two"]
        [(_, asked)] = answering.asked
        items = [each["Put"]["Item"]["name"]["S"] for each in asked["TransactItems"]]
        assert items == spelled

    def test_a_row_that_is_put_without_what_it_must_have_is_not_sent(self, monkeypatch, offline):
        answering = Answering(monkeypatch, offline)
        free = offline.platform_sessions.name.does_not_exist()
        write = Write(offline.platform_sessions(name="one"), free, lambda _: BusyError(""))

        with pytest.raises(AttributeNullError):
            commit(offline.connection, [write])

        assert not answering.asked

    @pytest.mark.parametrize(
        ("caller", "words"), [("", USER_AGENT), ("SequenceLog", f"{USER_AGENT} app/SequenceLog")]
    )
    def test_a_call_says_who_makes_it_and_no_more(self, monkeypatch, offline, caller, words):
        monkeypatch.setenv("AWS_SDK_UA_APP_ID", caller)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        said = []

        def answer(request, **_):
            said.append(request.headers["User-Agent"].decode())
            return AWSResponse(
                request.url, 200, {}, HTTPResponse(BytesIO(b"{}"), preload_content=False)
            )

        offline.connection.client.meta.events.register("before-send.dynamodb", answer)

        commit(offline.connection, [a_write(offline)])

        [heard] = said
        assert heard.startswith(words)
        assert not [each for each in ("Boto", "lang/", "os/") if each in heard]
        assert bool(caller) is ("app/" in heard)


class TestChecks:
    """A write that only asks."""

    def a_check(self, store, key, refusal=None):
        row = store.platform_sessions(name=key)
        refuse = refusal or NotFoundError("session", key)
        there = store.platform_sessions.name.exists()
        return Write(row, there, lambda _: refuse, check=True)

    def test_what_holds_lets_the_others_be_written_and_changes_nothing(self, store):
        commit(store.connection, [a_write(store, "one")])
        before = store.platform_sessions.get("one").session

        commit(store.connection, [a_write(store, "two"), self.a_check(store, "one")])

        assert store.platform_sessions.get("two")
        assert store.platform_sessions.get("one").session == before

    def test_what_does_not_hold_stops_the_others(self, store):
        with pytest.raises(NotFoundError):
            commit(store.connection, [a_write(store, "two"), self.a_check(store, "one")])

        with pytest.raises(store.platform_sessions.DoesNotExist):
            store.platform_sessions.get("two")

    @pytest.mark.parametrize("turned", [False, True])
    def test_of_two_refusals_the_callers_first_is_told_though_checks_are_sent_first(
        self, store, turned
    ):
        commit(store.connection, [a_write(store, "two")])
        first, second = NotFoundError("first", ""), NotFoundError("second", "")
        write, check = a_write(store, "two", first), self.a_check(store, "one", second)
        writes = [check, write] if turned else [write, check]

        with pytest.raises(NotFoundError) as told:
            commit(store.connection, writes)

        assert told.value is (second if turned else first)

    def test_a_row_with_two_keys_is_found_by_both(self, store):
        posts, post = Posts(store, a_pen()), a_post()
        posts.submit(post, an_act())
        row = store.posts(post_id=post.post_id, version=2)
        free = store.posts.post_id.does_not_exist()
        other = Write(row, free, lambda _: BusyError(""), check=True)

        commit(store.connection, [a_write(store), other])

        assert store.platform_sessions.get("one")


class TestSize:
    def test_the_database_agrees_that_exactly_400_kb_is_the_most(self, store, endpoint):
        if endpoint is None:
            pytest.skip("moto draws the line at 405,000 bytes.")
        least = measure(post_row(store, a_post("")))
        row = post_row(store, a_post("x" * (ITEM_BYTES - least)))
        assert measure(row) == ITEM_BYTES

        row.save()

        assert len(store.posts.get(row.post_id, 1).draft) == len(row.draft)

    def test_one_byte_more_is_refused_by_us_as_by_the_database(self, store, endpoint):
        if endpoint is None:
            pytest.skip("moto draws the line at 405,000 bytes.")
        least = measure(post_row(store, a_post("")))
        row = post_row(store, a_post("x" * (ITEM_BYTES - least + 1)))

        with pytest.raises(TooLargeError):
            measure(row)
        with pytest.raises(DatabaseRefusedError):
            row.save()


class TestContention:
    def test_a_conflict_is_tried_again(self, monkeypatch, offline):
        answering = Answering(
            monkeypatch, offline, cancelled(None, "TransactionConflict"), {"ok": True}
        )
        pauses = []

        commit(offline.connection, [a_write(offline), a_write(offline, "two")], pauses.append)

        assert len(answering.asked) == 2
        assert pauses == [BACKOFF_SECONDS[0]]

    def test_a_conflict_that_lasts_ends_in_busy(self, monkeypatch, offline):
        answering = Answering(monkeypatch, offline, *repeat(cancelled("TransactionConflict"), 99))
        pauses = []

        with pytest.raises(BusyError):
            commit(offline.connection, [a_write(offline)], pauses.append)

        assert pauses == list(BACKOFF_SECONDS)
        assert len(answering.asked) == len(BACKOFF_SECONDS) + 1

    def test_a_failed_condition_beside_a_conflict_is_final(self, monkeypatch, offline):
        Answering(monkeypatch, offline, cancelled("TransactionConflict", "ConditionalCheckFailed"))

        with pytest.raises(AlreadyExistsError):
            commit(offline.connection, [a_write(offline), a_write(offline, "two")])

    def test_any_other_reason_is_told_by_its_code(self, monkeypatch, offline):
        Answering(monkeypatch, offline, cancelled("ItemCollectionSizeLimitExceeded"))

        with pytest.raises(DatabaseRefusedError) as told:
            commit(offline.connection, [a_write(offline)])

        assert told.value.code == "ItemCollectionSizeLimitExceeded"

    def test_keys_left_over_are_asked_for_again(self, monkeypatch, offline):
        keys = [Key(offline.people, (name,)) for name in ("ada", "bo")]
        ada, bo = ({"person_id": {"S": name}, "entry": {"S": "{}"}} for name in ("ada", "bo"))
        left = {"offline-people": {"Keys": [{"person_id": {"S": "bo"}}]}}
        answering = Answering(
            monkeypatch,
            offline,
            {"Responses": {"offline-people": [ada]}, "UnprocessedKeys": left},
            {"Responses": {"offline-people": [bo]}, "UnprocessedKeys": {}},
        )

        found = fetch(offline.connection, keys, lambda _: None)

        assert [key.values for key in found] == [("ada",), ("bo",)]
        assert answering.asked[1][1]["RequestItems"] == left

    def test_keys_left_over_for_ever_end_in_busy(self, monkeypatch, offline):
        left = {"offline-people": {"Keys": [{"person_id": {"S": "ada"}}]}}
        Answering(monkeypatch, offline, *repeat({"Responses": {}, "UnprocessedKeys": left}, 99))

        with pytest.raises(BusyError):
            fetch(offline.connection, [Key(offline.people, ("ada",))], lambda _: None)


class TestFaults:
    @pytest.mark.parametrize(
        ("code", "error"),
        [
            ("ThrottlingException", BusyError),
            ("ProvisionedThroughputExceededException", BusyError),
            ("TransactionInProgressException", BusyError),
            ("InternalServerError", UnavailableError),
            ("503", UnavailableError),
            ("AccessDeniedException", DatabaseRefusedError),
            ("ValidationException", DatabaseRefusedError),
        ],
    )
    def test_every_fault_has_its_error(self, monkeypatch, offline, code, error):
        refused = ClientError({"Error": {"Code": code, "Message": ""}}, "GetItem")
        Answering(monkeypatch, offline, *repeat(refused, 9))

        for ask in (
            lambda: Posts(offline, a_pen()).get("post", 1),
            lambda: Posts(offline, a_pen()).history("post"),
            lambda: Posts(offline, a_pen()).submit(a_post(), an_act()),
        ):
            with pytest.raises(error):
                ask()

    def test_a_database_that_is_not_there_is_unavailable(self, offline):
        with pytest.raises(UnavailableError):
            Posts(offline, a_pen()).get("post", 1)

    def test_a_missing_table_is_told_from_a_missing_row(self, endpoint):
        nowhere = tables("never-made-", "eu-west-2", endpoint)

        with pytest.raises(DatabaseRefusedError) as told:
            Posts(nowhere, a_pen()).get("post", 1)

        assert told.value.code == "ResourceNotFoundException"
