"""What servers tell of themselves counts; keys that end, or are refused, are told of before a post
needs them, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from local.force import COMMS, REGISTRAR
from local.sandbox.replies import Reply
from local.stack import FunctionFailedError
from shared.accounts.registry import Handle
from shared.posts.life import State
from shared.posts.localtime import local
from shared.posts.names import AccountId, PlatformName
from shared.recordlog.leaf import Act
from tests.builders import NOW
from tests.workflows.force import FREE, WATCHED, a_force

PASSWORD = "Tall-giraffe-umbrella-3"
LONG = " ".join(["Bring your bicycle to the market square and have it marked."] * 4)
KEYS = f"/v1/accounts/{FREE}/credentials"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture
def registrar(force):
    return force.caller(REGISTRAR.person_id)


@pytest.fixture
def server(force):
    """Makes the server tell something; afterwards it has told its real limits again."""
    audience = force.stack.sandbox.audience
    own = audience.limits

    def tells(reply):
        audience.limits = lambda: reply

    yield tells
    audience.limits = own
    asked_again(force)


def characters(number):
    return Reply(200, {"characters": number, "url_length": 23, "pictures": 2})


def sandbox_of(force, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    listed = force.officer.get(f"/v1/platforms?{asked}").json()["platforms"]
    return next(each for each in listed if each["platform"] == "sandbox")


def asked_again(force):
    """A day later; processes that knew the answer look again."""
    force.turn(hours=25)
    return force.stack.call("ReadLimits", {})


def test_what_a_server_tells_of_itself_is_what_a_post_is_judged_by(force, server):
    server(characters(400))
    asked_again(force)
    server(characters(150))

    assert asked_again(force) == {"asked": 1, "news": 1}
    force.turn(minutes=11)

    told = sandbox_of(force, account=FREE)
    assert (told["words"]["maximum"], told["pictures"]["most"]) == (150, 2)
    assert told["server"]["fault"] is None
    assert sandbox_of(force)["words"]["maximum"] == 500  # nobody's in particular
    assert sandbox_of(force)["server"] is None
    body = {"text": LONG, "account": FREE, "platforms": ["sandbox"]}
    checked = force.officer.post_json("/v1/checks", body).json()
    sent = force.officer.post_json("/v1/posts", body)
    assert checked["counts"][0]["limit"] == 150
    assert [f["rule"] for f in checked["findings"]] == ["too-long"]
    assert sent.status == 422
    assert "too long" in sent.text


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(500, {}), "500"),
        (Reply(200, {}), "not understood"),
        (Reply(200, {"characters": "many", "url_length": None, "pictures": -1}), ""),
        (characters(3), "no server means"),
        (characters(10**15), "no server means"),
        (Reply(200, {"characters": 150, "url_length": [], "pictures": "x" * 100_000}), ""),
    ],
)
def test_a_broken_or_hostile_answer_leaves_the_last_good_one_and_rings_once(
    force, server, reply, why
):
    server(characters(150))
    asked_again(force)
    server(reply)

    if why:
        with pytest.raises(FunctionFailedError, match="told no limits"):
            asked_again(force)
        assert asked_again(force)["news"] == 0
        assert why in sandbox_of(force, account=FREE)["server"]["fault"]
        assert sandbox_of(force, account=FREE)["words"]["maximum"] == 150
    else:  # what is no number is not told, and the policy's holds there
        asked_again(force)
        assert sandbox_of(force, account=FREE)["words"]["maximum"] in {150, 500}


def test_the_clock_fires_both(force):
    names = {schedule.name for schedule in force.stack.schedules.read()}

    assert {job for job in ("ReadLimits", "WarnOfKeys") for name in names if job in name} == {
        "ReadLimits",
        "WarnOfKeys",
    }


def test_fired_twice_a_server_is_asked_once(force, server):
    server(characters(400))
    first = asked_again(force)

    assert force.stack.call("ReadLimits", {}) == {"asked": 0, "news": 0}
    assert first["asked"] == 1


def letters(force, since, subject):
    return [mail for mail in list(force.stack.mailbox)[since:] if subject in mail["Subject"]]


def plain(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def a_day(force, ahead):
    return (force.stack.clock.now() + timedelta(days=ahead)).date().isoformat()


def test_keys_that_the_platform_ends_are_told_of_once_until_they_are_replaced(force, registrar):
    keys = {"identifier": "@leek", "password": PASSWORD, "ends_on": a_day(force, 20)}
    assert registrar.post_json(f"{KEYS}/sandbox", keys).status == 201
    mails, title = len(force.stack.mailbox), force.accounts.get(AccountId(FREE)).title
    line = f"before the platform ends these: {title} on"

    def told():
        force.stack.call("TellMorning", {})
        found = letters(force, mails, "to see to")
        return [letter["To"] for letter in found if line in plain(letter)]

    before = told()
    force.turn(days=7)
    registrar = force.caller(REGISTRAR.person_id)
    attention = registrar.get(KEYS).json()["credentials"][0]
    first, second = told(), told()

    assert attention["attention"] == "ending"
    assert (before, first, second) == ([], [REGISTRAR.email], [REGISTRAR.email])

    keys |= {"password": PASSWORD[::-1], "ends_on": a_day(force, 10)}
    registrar.post_json(f"{KEYS}/sandbox", keys)
    assert told() == [REGISTRAR.email] * 2  # other keys, another end


def test_a_post_that_is_due_after_its_keys_end_carries_advice_and_goes_its_way(force, registrar):
    keys = {"identifier": "@cheadle", "password": PASSWORD, "ends_on": a_day(force, 3)}
    registrar.post_json(f"/v1/accounts/{WATCHED}/credentials/sandbox", keys)
    due = force.stack.clock.now().astimezone(UTC) + timedelta(days=5)

    late = force.submit("Surgery in Cheadle soon.", WATCHED, not_before=due.isoformat())
    early = force.submit("Surgery in Cheadle.", WATCHED, not_before=_soon(force))

    [advice] = [f for f in force.posts.get(late).findings if f["rule"] == "keys-end"]
    assert advice["severity"] == "advise"
    assert "The sandbox on" in advice["message"]
    assert "keys-end" not in {f["rule"] for f in force.posts.get(early).findings}
    assert force.until(late, State.AWAITING_APPROVAL) is State.AWAITING_APPROVAL


def test_a_post_due_soon_whose_keys_are_refused_is_told_to_comms_and_registrar_once(
    force, registrar
):
    registrar.post_json(f"{KEYS}/sandbox", {"identifier": "@leek", "password": PASSWORD})
    with pytest.raises(FunctionFailedError, match=f"{FREE}/sandbox"):
        force.stack.call("CheckKeys", {})
    # At noon, wherever the other tests left the clock: at night this may wait for the morning.
    force.turn(hours=(12 - local(force.stack.clock.now()).hour) % 24)
    force.stack.call("WarnOfKeys", {})  # what other tests left waiting
    mails = len(force.stack.mailbox)
    force.submit("The bridge opens tomorrow.", not_before=_soon(force))

    first, second = (force.stack.call("WarnOfKeys", {}) for _ in range(2))

    assert (first, second) == ({"posts": 1}, {"posts": 0})
    told = [mail["To"] for mail in letters(force, mails, "may not go out")]
    assert set(told) >= {COMMS.email, REGISTRAR.email}
    assert len(told) == len(set(told))
    risks = letters(force, mails, "may not go out")
    assert not any("bridge" in plain(mail) for mail in risks)


def test_keys_that_only_read_lie_apart_and_publishing_goes_on_with_its_own(force, registrar):
    account = force.accounts.get(AccountId(WATCHED))
    handle = Handle(PlatformName("x"), "@cheadle_npt", "https://api.x.com")
    if account.handle(handle.platform) is None:
        voiced = replace(account, handles=(*account.handles, handle))
        act = Act("account.changed", WATCHED, "account:it", NOW, "p-it", None, None, {})
        force.accounts.change(account, voiced, act)
    path = f"/v1/accounts/{WATCHED}/credentials"
    body = {"identifier": "cheadle", "password": PASSWORD, "use": "read"}

    kept = registrar.post_json(f"{path}/x", body)
    none = registrar.post_json(f"{path}/sandbox", body)

    assert (kept.status, none.status) == (201, 422)
    assert "no keys that only read" in none.text
    listed = registrar.get(path).json()["credentials"]
    assert ("x", "read") in {(each["platform"], each["use"]) for each in listed}
    secrets = force.stack.aws.client("secretsmanager")
    where = f"bluelamp-local/{{}}/{WATCHED}/x"
    assert PASSWORD in secrets.get_secret_value(SecretId=where.format("reading"))["SecretString"]
    with pytest.raises(secrets.exceptions.ResourceNotFoundException):
        secrets.get_secret_value(SecretId=where.format("platforms"))
    shown = registrar.get(f"/registry/accounts/{WATCHED}").text
    assert "x, which only reads" in shown
    form = registrar.get(f"/registry/accounts/{WATCHED}/credentials/x").text
    assert "Read only" in form


@pytest.mark.parametrize("ends_on", ["2020-01-01", "soon", "2999-01-01"])
def test_a_day_that_cannot_be_meant_is_refused(registrar, ends_on):
    body = {"identifier": "@leek", "password": PASSWORD, "ends_on": ends_on}
    heard = registrar.post_json(f"{KEYS}/sandbox", body)

    assert heard.status == 422
    assert "ends_on" in heard.text


def _soon(force) -> str:
    now: datetime = force.stack.clock.now()
    return (now.astimezone(UTC) + timedelta(hours=20)).isoformat()
