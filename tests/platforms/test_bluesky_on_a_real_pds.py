"""Bluesky's adapter keeps the contract against a real Bluesky server, directly and through faults.

What the server itself does (resurrection, silent no-ops, limits) is held here too: when an upgrade
changes one of these, the adapter has to be thought through again.
"""

import json
import urllib.parse
import urllib.request
from dataclasses import replace

import pytest

from local.pds import PdsServer
from shared.platforms.base import (
    Credentials,
    NotSentError,
    RateLimitedError,
    RefusedError,
    SignInError,
    UncertainError,
)
from shared.platforms.bluesky import Bluesky
from shared.platforms.bluesky.content_id import record_cid
from shared.platforms.wire import Wire
from shared.posts.content import Card
from tests.platforms.builders import (
    HASTY,
    NO_MEDIA,
    PATIENT,
    MemoryMedia,
    MemorySessions,
    a_draft,
    a_key,
    a_png,
    now,
)
from tests.platforms.contract import KeyedContract
from tests.platforms.faulty import FaultContract, RenewingContract
from tests.platforms.proxy import FaultyProxy
from tests.platforms.quota import QuotaContract, unix
from tests.platforms.threaded import ThreadContract, by_words

pytestmark = [pytest.mark.pds, pytest.mark.timeout(900)]  # the first run builds the server

NOBODY = "http://127.0.0.1:9"
HANDLE = "stoke.test"
FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.fixture(scope="module")
def server():
    with PdsServer.start() as running:
        yield running


@pytest.fixture(scope="module")
def strict():
    with PdsServer.start(rate_limits=True) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(server):
    with FaultyProxy(server.url, now) as running:
        yield running


@pytest.fixture(scope="module")
def account(server):
    return server.create_account(HANDLE)


@pytest.fixture(scope="module")
def sessions():
    return MemorySessions()


@pytest.fixture(scope="module")
def proxied_sessions():
    return MemorySessions()


def an_adapter(credentials, sessions, waits=PATIENT):
    return Bluesky(credentials, sessions, f"@{HANDLE}", wire=Wire(waits), clock=now)


def asked(server, method, **query):
    """The server's own answer to anybody, without the adapter."""
    address = f"{server.url}/xrpc/{method}?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
        return json.load(answer)


class BlueskyContract(KeyedContract):
    too_long = "x" * 301

    def standing_texts(self):
        return [record["value"]["text"] for record in self.standing_records()]

    def standing_records(self):
        query = {"repo": HANDLE, "collection": "app.bsky.feed.post", "limit": "100"}
        records, cursor = [], {}
        while True:
            page = asked(self.server, "com.atproto.repo.listRecords", **query, **cursor)
            records += page["records"]
            if not page.get("cursor"):
                return records
            cursor = {"cursor": page["cursor"]}


class TestBlueskyThroughFaults(BlueskyContract, FaultContract, RenewingContract, QuotaContract):
    @pytest.fixture
    def platform(self, server, proxy, account, proxied_sessions):
        self.server, self.proxy = server, proxy
        return an_adapter(replace(account, service=proxy.url), proxied_sessions)

    @pytest.fixture
    def hasty(self, proxy, account, proxied_sessions):
        return an_adapter(replace(account, service=proxy.url), proxied_sessions, HASTY)

    def teller(self):
        return self.proxy

    def told(self, left, until):
        return {"RateLimit-Remaining": str(left), "RateLimit-Reset": unix(until)}

    @pytest.fixture
    def faults(self, proxy):
        proxy.faults.clear()
        yield proxy.faults
        assert not proxy.faults.waiting()

    @pytest.fixture
    def unheard(self):
        gone = MemorySessions()
        gone.kept["bluesky/stoke.test"] = {
            "did": "did:plc:x",
            "door": NOBODY,
            "service": NOBODY,
            "access": "a",
            "refresh": "r",
        }
        return an_adapter(Credentials(NOBODY, HANDLE, "secret"), gone)

    @pytest.mark.parametrize("fault", ["500-after-commit", "reset-after-commit"])
    def test_one_send_is_one_attempt(self, platform, proxy, faults, fault):
        frozen = self.frozen(platform)
        platform.find(frozen)
        proxy.calls.clear()
        faults.once(fault)

        with pytest.raises(UncertainError):
            platform.send(frozen, NO_MEDIA)

        assert proxy.calls == ["com.atproto.repo.putRecord"]

    def test_a_picture_that_does_not_arrive_means_not_sent(self, platform, faults):
        media = MemoryMedia(a_png(3))
        frozen = self.frozen(platform, a_draft(media=media.named("A dog")))
        faults.once("500-after-commit", on="media")

        with pytest.raises(NotSentError):
            platform.send(frozen, media)

        assert platform.find(frozen) is None

    def test_a_sign_in_that_fails_means_not_sent(self, proxy, account, faults, platform):
        stranger = an_adapter(replace(account, service=proxy.url), MemorySessions())
        faults.once("500-before-commit", on="sign-in")

        with pytest.raises(NotSentError):
            stranger.send(self.frozen(platform), NO_MEDIA)

    def test_a_commit_after_we_gave_up_and_a_second_send_are_one_post(
        self, platform, hasty, faults
    ):
        frozen = self.frozen(platform, a_draft(text := f"Late {a_key()}"))
        platform.find(frozen)  # signs in
        faults.once("commit-after-timeout")
        with pytest.raises(UncertainError):
            hasty.send(frozen, NO_MEDIA)

        receipt = platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen) == receipt
        assert self.copies(text) == 1


class TestBluesky(BlueskyContract, ThreadContract):
    def standing_answers(self):
        records = {record["uri"]: record for record in self.standing_records()}
        stands = []
        for uri, record in records.items():
            reply = record["value"].get("reply", {})
            for end in reply.values():  # what is answered stands there, to the byte
                assert records[end["uri"]]["cid"] == end["cid"]
            stands.append((uri, record["value"]["text"], reply.get("parent", {}).get("uri")))
        return by_words(stands)

    @pytest.fixture
    def platform(self, server, account, sessions):
        self.server = server
        return an_adapter(account, sessions)

    def standing(self, receipt):
        _, _, repo, collection, rkey = receipt.platform_id.split("/")
        query = {"repo": repo, "collection": collection, "rkey": rkey}
        return asked(self.server, "com.atproto.repo.getRecord", **query)

    def test_the_receipt_names_the_public_address_and_the_servers_cid(self, platform):
        receipt = platform.send(self.frozen(platform), NO_MEDIA)

        standing = self.standing(receipt)
        rkey = receipt.platform_id.rsplit("/", 1)[-1]
        assert receipt.url == f"https://bsky.app/profile/{HANDLE}/post/{rkey}"
        assert receipt.proof == standing["cid"] == record_cid(standing["value"])

    def test_pictures_stand_with_their_alt_text_and_the_cid_we_computed(self, platform):
        media = MemoryMedia(a_png(10), a_png(20))
        draft = a_draft(f"Two {a_key()}", media=media.named("A police dog", "Ci heddlu 🐕"))
        frozen = self.frozen(platform, draft)

        receipt = platform.send(frozen, media)

        standing = self.standing(receipt)
        images = standing["value"]["embed"]["images"]
        assert [image["alt"] for image in images] == ["A police dog", "Ci heddlu 🐕"]
        assert receipt.proof == standing["cid"] == record_cid(standing["value"])
        assert platform.find(frozen) == platform.send(frozen, media) == receipt

    def test_a_card_stands_under_the_words_that_were_cleared_for_it(self, platform):
        card = Card("https://force.example/a34", "The A34", "Ar agor eto.")
        frozen = self.frozen(platform, a_draft(f"Open {a_key()}", card=card))

        receipt = platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen) == receipt
        assert receipt.proof
        assert frozen.request["record"]["embed"]["external"]["title"] == "The A34"

    def test_a_picture_that_is_not_what_it_was_cleared_as_is_refused(self, platform):
        media = MemoryMedia(a_png(30))
        (named,) = media.named("A dog")
        draft = a_draft(media=(replace(named, content_type="image/jpeg"),))

        with pytest.raises(RefusedError, match="something else"):
            platform.send(self.frozen(platform, draft), media)

    def test_more_than_three_thousand_bytes_are_refused_though_few_graphemes(self, platform):
        frozen = self.frozen(platform, a_draft(FAMILY * 130))

        with pytest.raises(RefusedError, match="3000"):
            platform.send(frozen, NO_MEDIA)

    def test_three_hundred_joined_emoji_letters_fit(self, platform):
        text = "e\u0301" * 300

        assert platform.send(self.frozen(platform, a_draft(text)), NO_MEDIA).text == text

    def test_another_post_under_our_key_is_never_overwritten(self, platform):
        ours = self.frozen(platform)
        theirs = replace(self.frozen(platform), key=ours.key)
        platform.send(theirs, NO_MEDIA)

        with pytest.raises(RefusedError, match="Another post"):
            platform.send(ours, NO_MEDIA)

        found = platform.find(ours)
        assert found.text == theirs.request["record"]["text"]
        assert found.proof == ""

    def test_words_alike_with_another_facet_are_not_our_record(self, platform):
        ours = self.frozen(platform, a_draft("Road open #Leek"))
        record = {k: v for k, v in ours.request["record"].items() if k != "facets"}
        platform.send(replace(ours, request={**ours.request, "record": record}), NO_MEDIA)

        assert platform.find(ours).proof == ""

    def test_the_server_remembers_no_deletion_so_the_caller_must(self, platform):
        frozen = self.frozen(platform)
        platform.delete(platform.send(frozen, NO_MEDIA))

        platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen) is not None

    def test_one_login_serves_many_functions(self, account):
        fresh = MemorySessions()

        for _ in range(3):
            platform = an_adapter(account, fresh)
            platform.send(self.frozen(platform), NO_MEDIA)

        assert fresh.saved == 1

    @pytest.mark.parametrize("spoilt", [("access",), ("access", "refresh")])
    def test_a_spoilt_session_is_renewed_and_kept(self, account, spoilt):
        kept = MemorySessions()
        an_adapter(account, kept).find(self.frozen(an_adapter(account, kept)))
        name = f"bluesky/{HANDLE}"
        kept.kept[name] = {**kept.kept[name], **dict.fromkeys(spoilt, "no.such.token")}
        platform = an_adapter(account, kept)

        receipt = platform.send(frozen := self.frozen(platform), NO_MEDIA)

        assert platform.find(frozen) == receipt
        assert kept.saved == 2

    def test_a_wrong_password_is_a_sign_in_error_in_the_servers_words(self, account):
        platform = an_adapter(replace(account, password="wrong"), MemorySessions())

        with pytest.raises(SignInError, match="Invalid identifier or password"):
            platform.send(self.frozen(platform), NO_MEDIA)

    def test_somebody_elses_post_cannot_be_deleted(self, platform, server):
        other = an_adapter(server.create_account("leek"), MemorySessions())
        receipt = platform.send(frozen := self.frozen(platform), NO_MEDIA)

        with pytest.raises(SignInError):
            other.delete(receipt)

        assert platform.find(frozen) == receipt


class TestBlueskyWithRateLimits:
    def test_the_thirty_first_login_is_not_now_and_a_stored_session_still_publishes(self, strict):
        account, kept = strict.create_account("stoke"), MemorySessions()
        signed_in = an_adapter(account, kept)
        frozen = signed_in.prepare(a_draft(), a_key(), now())
        signed_in.find(frozen)
        for _ in range(29):
            an_adapter(account, MemorySessions()).find(frozen)

        with pytest.raises(RateLimitedError) as caught:
            an_adapter(account, MemorySessions()).send(frozen, NO_MEDIA)

        assert caught.value.retry_at > now()
        assert signed_in.send(frozen, NO_MEDIA).text == "Good morning Stoke."
