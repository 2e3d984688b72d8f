"""Suspended or gone: everything somebody held is refused at the very next request (P11, P12)."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from local.cli import main
from local.demo.caller import Caller, Heard
from local.force import COMMS, DEPUTY, OFFICER, PCSO, REGISTRAR
from shared.accounts.registry import Person, PersonStatus
from shared.posts.life import State
from shared.records.people import People
from tests.builders import a_person, an_act
from tests.workflows.asking import Asked, ask, everything
from tests.workflows.entering import sign_in
from tests.workflows.force import FREE, Force, a_force

OUT = ("suspended", "left")
LONG_AGO, FAR_AWAY = "2020-02-02", "2099-12-31"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture
def restored(force):
    """Everybody is as they were before, whatever became of them."""
    yield
    people, act = People(force.stack.tables, force.pen), an_act(at=force.stack.clock.now())
    for person in (OFFICER, PCSO, COMMS, DEPUTY):
        found = people.get(person.person_id)
        if found != person:
            people.change(found, person, act)


def set_status(force: Force, person: Person, status: str, by: Person = REGISTRAR) -> Heard:
    path = f"/v1/people/{person.person_id}/status"
    body = {"status": status, "why": "Reported by a colleague."}
    return force.caller(by.person_id).post_json(path, body)


def shut_out(force: Force, person: Person, status: str) -> None:
    heard = set_status(force, person, status)
    assert heard.status == 200, heard.text


def let_back(force: Force, person: Person) -> None:
    """As people come back: they verify their address by signing in, the web team gives access."""
    sign_in(force.stack.url, person.person_id)
    shut_out(force, person, "active")


def leaves(force: Force, kind: str) -> list[dict[str, Any]]:
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = (json.loads(bytes(row.envelope)) for row in rows)
    return [leaf for leaf in found if leaf["type"] == kind]


@dataclass
class Held:
    """All that somebody can hold: a browser, a script's token, a page that is open, a mail."""

    browser: Caller
    script: Caller
    asked: Asked
    page: Any

    @classmethod
    def by(cls, force: Force, person: Person, text: str) -> "Held":
        browser, _ = sign_in(force.stack.url, person.person_id)
        script = Caller(force.stack.url, token=force.stack.open_session(person.person_id))
        asked = ask(force, text)
        return cls(browser, script, asked, asked.open())

    def works(self) -> bool:
        seen = [self.browser.get("/posts"), self.script.get("/v1/posts"), self.look()]
        return [heard.status for heard in seen] == [200, 200, 200]

    def look(self) -> Heard:
        return Caller(self.browser.url).get(self.asked.letter.link)


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("status", OUT)
def test_session_token_and_link_are_refused_within_one_request(force, status):
    held = Held.by(force, COMMS, f"Asked of somebody who is {status} before they answer.")
    assert held.works()

    shut_out(force, COMMS, status)

    # One request each, the first one after.
    assert held.browser.get("/posts").status == 401
    assert held.script.get("/v1/posts").status == 401
    assert held.look().status == 403
    sent = held.page.send()
    assert sent.status == 403
    assert "access ended for the person it was sent to" in sent.text
    assert held.asked.is_undecided()
    assert force.published(f"Asked of somebody who is {status} before they answer.") == 0


@pytest.mark.usefixtures("restored")
def test_a_refused_link_is_on_record_once_and_looking_writes_nothing(force):
    held = Held.by(force, COMMS, "A link that is tried again and again.")
    shut_out(force, COMMS, "suspended")
    told = len(leaves(force, "approval.link_refused"))
    before = everything(force)

    for _ in range(5):
        assert held.look().status == 403
    assert everything(force) == before

    for _ in range(5):
        assert held.page.send().status == 403
    [leaf] = leaves(force, "approval.link_refused")[told:] or [{}]
    assert len(leaves(force, "approval.link_refused")) == told + 1
    assert held.asked.is_undecided()
    assert leaf["actor"] == "bluelamp"


@pytest.mark.usefixtures("restored")
def test_somebody_else_decides_what_was_asked_of_them(force):
    held = Held.by(force, COMMS, "Decided by the deputy instead.")
    shut_out(force, COMMS, "left")

    version = f"/v1/approvals/{held.asked.post_id}/1"
    body = {"decision": "approve", "content_hash": held.asked.approval().content_hash}
    heard = force.caller(DEPUTY.person_id).post_json(f"{version}/decision", body)

    assert heard.status == 200, heard.text
    assert force.until(held.asked.post_id) is State.PUBLISHED


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("status", OUT)
def test_what_was_held_before_does_not_come_back_with_the_access(force, status):
    held = Held.by(force, COMMS, f"Was {status}, and is back.")
    shut_out(force, COMMS, status)

    let_back(force, COMMS)

    assert held.browser.get("/posts").status == 401
    assert held.script.get("/v1/posts").status == 401
    assert held.look().status == 403
    assert held.page.send().status == 403
    assert held.asked.is_undecided()
    again, _ = sign_in(force.stack.url, COMMS.person_id)
    assert again.get("/posts").status == 200
    assert ask(force, f"Asked after they were {status}.").open().send("reject").status == 200


@pytest.mark.usefixtures("restored")
def test_nobody_comes_back_without_verifying_their_address_anew(force):
    sign_in(force.stack.url, PCSO.person_id)
    shut_out(force, PCSO, "suspended")

    heard = set_status(force, PCSO, "active")
    assert heard.status == 409
    assert "Verify the work e-mail" in heard.text

    let_back(force, PCSO)
    browser, _ = sign_in(force.stack.url, PCSO.person_id)
    assert browser.get("/posts").status == 200


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("status", OUT)
def test_their_own_waiting_submissions_are_not_released(force, status):
    text = f"Written before its author was {status}."
    due = force.stack.clock.now() + timedelta(minutes=20)
    post_id = force.submit(text, FREE, not_before=due.isoformat())
    force.until(post_id, State.CLEARED)

    shut_out(force, OFFICER, status)

    assert force.turn_until(post_id, 20) is State.REFUSED
    assert force.published(text) == 0
    assert "may no longer post" in (force.posts.get(post_id).reason or "")


@pytest.mark.usefixtures("restored")
def test_nobody_can_change_their_own_access_nor_another_without_the_right(force):
    assert set_status(force, REGISTRAR, "suspended").status == 403
    for person in (OFFICER, COMMS, DEPUTY):
        assert set_status(force, PCSO, "suspended", by=person).status == 403


@pytest.mark.usefixtures("restored")
def test_why_somebody_was_suspended_stands_in_no_leaf(force):
    shut_out(force, PCSO, "suspended")

    told = json.dumps(leaves(force, "person.suspended"))

    assert f"person:{PCSO.person_id}" in told
    assert "Reported by a colleague" not in told


# ── the leaver file ──────────────────────────────────────────────────────────


def send(force: Force, text: str, *, dry_run: bool = False, by: Person = REGISTRAR) -> Heard:
    body = {"csv": text, "dry_run": dry_run}
    return force.caller(by.person_id).post_json("/v1/people/leavers", body)


def line(person: Person, day: str = LONG_AGO) -> str:
    return f"{person.email},{day}\n"


HEAD = "email,last_day\n"


@pytest.mark.usefixtures("restored")
def test_a_leaver_in_the_file_is_out_at_once_and_a_dry_run_touches_nobody(force):
    browser, _ = sign_in(force.stack.url, PCSO.person_id)
    file = HEAD + line(PCSO) + line(OFFICER, FAR_AWAY) + "x@elsewhere.example,2020-02-02\n"
    before = everything(force)

    dry = send(force, file, dry_run=True)
    assert dry.status == 200, dry.text
    # The registrar's session of this very call is all that was written.
    after = everything(force)
    assert {name for name in after if after[name] != before[name]} <= {"bluelamp-local-sessions"}
    assert browser.get("/posts").status == 200

    done = send(force, file)
    assert browser.get("/posts").status == 401
    for heard in (dry, done):
        told = heard.json()
        assert [who["person_id"] for who in told["left"]] == [PCSO.person_id]
        assert [who["person_id"] for who in told["not_yet"]] == [OFFICER.person_id]
        assert told["not_ours"] == 1
        assert PCSO.name not in heard.text
        assert PCSO.email not in heard.text
    again = send(force, file).json()
    assert (again["left"], [w["person_id"] for w in again["left_before"]]) == ([], ["p-pcso"])


@pytest.mark.usefixtures("restored")
def test_every_bad_line_is_told_and_nobody_leaves(force):
    bad = "".join(f"nobody-{number},soon\n" for number in range(500))

    heard = send(force, HEAD + line(PCSO) + bad)

    assert heard.status == 422
    errors = heard.json()["errors"]
    assert [error["field"] for error in errors] == [f"line {n}" for n in range(3, 503)]
    people = People(force.stack.tables, force.pen)
    assert people.get(PCSO.person_id).status is PersonStatus.ACTIVE


@pytest.mark.parametrize(
    "text", ["", "\ufffd", HEAD + '"', HEAD + "x", "a,b\n", HEAD + "x" * 200_000]
)
def test_what_is_no_leaver_file_is_refused_with_a_sentence(force, text):
    heard = send(force, text)

    assert heard.status == 422, heard.text
    assert heard.json()["detail"].endswith(".")


@pytest.mark.parametrize("by", [OFFICER, COMMS, DEPUTY])
def test_only_the_web_team_sends_a_leaver_file(force, by):
    assert send(force, HEAD + line(PCSO), by=by).status == 403


def test_a_registrar_cannot_send_themselves_away(force):
    heard = send(force, HEAD + line(REGISTRAR))

    assert heard.status == 422
    assert "This is you" in heard.text


@pytest.mark.usefixtures("restored")
def test_many_leavers_leave_in_one_file(force):
    people, act = People(force.stack.tables, force.pen), an_act(at=force.stack.clock.now())
    many = [a_person(f"leaver-{number}") for number in range(50)]
    for person in many:
        people.enter(person, act)
    tokens = [force.stack.open_session(person.person_id) for person in many]

    heard = send(force, HEAD + "".join(map(line, many)))

    assert len(heard.json()["left"]) == 50
    statuses = {Caller(force.stack.url, token=t).get("/v1/posts").status for t in tokens}
    assert statuses == {401}
    assert {people.get(person.person_id).status for person in many} == {PersonStatus.LEFT}


# ── the command ──────────────────────────────────────────────────────────────


@pytest.fixture
def command(force, tmp_path, capsys):
    """`bluelamp people leavers` on a file with this text: exit code, output, error."""

    def run(text: str, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "leavers.csv"
        file.write_text(text, encoding="utf-8")
        code = main(["people", "leavers", str(file), *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.usefixtures("restored")
def test_the_command_tells_first_and_takes_access_then(force, command):
    browser, _ = sign_in(force.stack.url, PCSO.person_id)
    file = HEAD + line(PCSO) + line(OFFICER, FAR_AWAY) + "x@elsewhere.example,2020-02-02\n"

    code, said, _ = command(file, "--dry-run")
    assert code == 0
    assert "p-pcso would be out." in said
    assert "p-officer stays until 2099-12-31" in said
    assert browser.get("/posts").status == 200

    code, said, _ = command(file, "--json")
    assert code == 0
    assert json.loads(said)["left"] == ["p-pcso"]
    assert browser.get("/posts").status == 401
    assert "p-pcso was out already." in command(file)[1]


def test_the_command_tells_every_bad_line_and_changes_nothing(force, command):
    before = everything(force)

    code, said, _ = command(HEAD + line(PCSO) + "nobody,soon\n" * 3)

    assert code == 1
    assert said.count("line ") == 3
    assert "nobody's access was changed" in said
    assert everything(force) == before


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--as", "p-nobody"], "name a registrar"),
        (["--as", "p-comms"], "Only the web team"),
        (["--as", "p-registrar", "--stack", "other"], "--domain"),
    ],
)
def test_the_command_is_the_web_teams(force, command, options, why):
    code, said, error = command(HEAD + line(PCSO), *options)

    assert (code, said) == (2, "")
    assert why in error
