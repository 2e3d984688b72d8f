"""A whole run of the force, and then a search of everything it wrote for what nobody may read."""

import json

import pytest

from local.cli import main
from local.demo.caller import Caller
from local.force import AUDITOR, OFFICER, PEOPLE, REGISTRAR, STANDARDS
from local.stack import FunctionFailedError
from shared.posts.life import State
from tests.workflows.asking import ask
from tests.workflows.force import FREE, a_force

KEYS = "Tall-giraffe-umbrella-3"
WRONG = "Nobody-uses-this-one-7"
MOBILE, LATER = "+447700900654", "+447700900655"
WHY = {"why": "It had to be."}
PAGES = (
    "/registry",
    "/registry/people",
    "/registry/credentials",
    f"/registry/accounts/{FREE}",
    f"/registry/people/{OFFICER.person_id}",
    "/posts",
    "/approvals",
    "/accounts",
)
LISTS = (
    "/v1/accounts",
    f"/v1/accounts/{FREE}",
    f"/v1/accounts/{FREE}/credentials",
    "/v1/people",
    "/v1/posts",
    "/v1/public/accounts",
)
CENTRE_ONLY = {"bluelamp-local-people"}
"""The one table that holds names and mobile numbers."""


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        force.stack.schedules.stop()  # else keys may be found bad before they are asked about
        force.stack.lambdas.settle()
        yield force


@pytest.fixture(scope="module")
def run(force, tmp_path_factory):
    """Everything the force is for, done once; what came out of it, by where."""
    seeded = secrets_of(force)
    heard = [*registrar_at_work(force), *posts_go_out(force)]
    with pytest.raises(FunctionFailedError, match="KeysNotGood"):
        force.stack.call("CheckKeys", {})
    for name in ("TellMorning", "ResumeStalled", "SequenceLog"):
        force.stack.call(name, {})
    file = tmp_path_factory.mktemp("export") / "accounts.csv"
    assert main(["accounts", "export", str(file)]) == 0
    outputs = {
        "export": file.read_text(encoding="utf-8"),
        "answers to the registrar, but for the entries of people": "\n".join(heard),
        "mails": "\n".join(map(str, force.stack.mailbox)),
        **pages_of(force),
        **objects_of(force),
    }
    return seeded | secrets_of(force), outputs


def secrets_of(force):
    """Every password that the vault holds now."""
    client = force.stack.aws.client("secretsmanager")
    names = [each["Name"] for each in client.list_secrets(MaxResults=100)["SecretList"]]
    kept = (client.get_secret_value(SecretId=name)["SecretString"] for name in names)
    return {json.loads(each)["password"] for each in kept}


def registrar_at_work(force):
    """People come, change, are taught, go; keys are set well and badly."""
    registrar = force.caller(REGISTRAR.person_id)
    person = {
        "person_id": "p-leaky",
        "name": "PC Wilhelmina Quill",
        "email": "wilhelmina.quill@moorshire.police.example",
        "mobile": MOBILE,
        "role": "officer",
    }
    here = "/v1/people/p-leaky"
    registrar.post_json("/v1/people", person)
    registrar._call(
        "PATCH", here, json.dumps({"mobile": LATER}).encode(), {"Content-Type": "application/json"}
    )
    registrar.post_json(f"{here}/training", {"topic": "hashtags", "on": "2026-11-02"})
    registrar.post_json(f"{here}/acceptance", {"version": "2026-11"})
    days = {"first_day": "2099-01-01", "last_day": "2099-01-05", "cover": OFFICER.person_id}
    registrar.post_json(f"{here}/leave", days)
    keys = f"/v1/accounts/{FREE}/credentials/sandbox"
    mended = registrar.post_json(keys, {"identifier": f"@{FREE}", "password": KEYS})
    refused = registrar.post_json(keys, {"identifier": "", "password": WRONG})
    unread = registrar.post_json(keys, {"password": WRONG, "pin": WRONG})
    garbled = registrar._call(
        "POST", keys, f'{{"password": "{WRONG}"'.encode(), {"Content-Type": "application/json"}
    )
    registrar.post_json(f"{here}/status", {"status": "suspended", **WHY})
    gone = f"email,last_day\n{person['email']},2026-11-01\n"
    left = registrar.post_json("/v1/people/leavers", {"csv": gone})
    assert (mended.status, left.status) == (201, 200)
    assert {refused.status, unread.status, garbled.status} <= {400, 422}
    return [each.text for each in (mended, refused, unread, garbled, left)]


def posts_go_out(force):
    """One by itself with keys the platform refuses, one with its approver's yes."""
    asked = ask(force, "Approved and searched.")
    asked.open().send()
    refused = force.submit("Refused and searched.")
    force.until(asked.post_id)
    force.until(refused)
    assert force.state(asked.post_id) is State.PUBLISHED
    return [force.officer.get(f"/v1/posts/{each}").text for each in (asked.post_id, refused)]


def pages_of(force):
    """Every page and list, as those outside the centre see it, and as nobody at all does."""
    readers = {
        who.person_id: force.caller(who.person_id) for who in (OFFICER, AUDITOR, STANDARDS)
    } | {"nobody": Caller(force.stack.url)}
    return {
        f"{path} as {who}": caller.get(path).text
        for who, caller in readers.items()
        for path in (*PAGES, *LISTS)
    }


def objects_of(force):
    """Every object of every bucket, and every row of every table, as text."""
    s3, database = force.stack.aws.client("s3"), force.stack.aws.client("dynamodb")
    found = {}
    for bucket in (each["Name"] for each in s3.list_buckets()["Buckets"]):
        for each in s3.list_objects_v2(Bucket=bucket).get("Contents", ()):
            body = s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()
            found[f"{bucket}/{each['Key']}"] = body.decode("utf-8", "replace")
    for name in database.list_tables()["TableNames"]:
        pages = database.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
        items = [item for page in pages for item in page["Items"]]
        found[name] = repr(items)
    return found


def test_no_secret_and_no_mobile_number_is_anywhere_it_should_not_be(run, logs):
    passwords, outputs = run
    logged = {f"log {log.name}": log.read_text(errors="replace") for log in logs.iterdir()}
    mobiles = {person.mobile for person in PEOPLE} | {MOBILE, LATER}
    # A person may read their own number.
    own = {f"/registry/people/{OFFICER.person_id} as {OFFICER.person_id}": {OFFICER.mobile}}
    sought = {*passwords, KEYS, WRONG}
    assert len(sought) > len((KEYS, WRONG))
    assert any("log" in name for name in logged)

    found = [
        (where, word)
        for where, text in {**outputs, **logged}.items()
        for word in sought | (set() if where in CENTRE_ONLY else mobiles)
        if set_of(text, word) and word not in own.get(where, ())
    ]

    assert found == []


def test_the_search_finds_what_it_looks_for(run):
    _, outputs = run
    people = outputs["bluelamp-local-people"]

    assert set_of(people, LATER)
    assert set_of("x%2B447700900655", LATER)
    assert set_of("call 07700 900655 now", LATER)


def test_the_leaves_of_a_run_name_nobody(run):
    _, outputs = run
    names = {person.name for person in PEOPLE} | {"Wilhelmina", "Quill"}
    kept = outputs["bluelamp-local-payloads"] + outputs["bluelamp-local-outbox"]

    assert [name for name in names if name in kept] == []


def forms(word):
    """A secret, or a number in every spelling people use."""
    if not word.startswith("+44"):
        return {word}
    local = "0" + word.removeprefix("+44")
    spaced = f"{local[:5]} {local[5:]}"
    return {word, word.removeprefix("+"), local, spaced, f"{local[:5]} {local[5:8]} {local[8:]}"}


def set_of(text, word):
    """The forms of a word that stand in a text."""
    return {form for form in forms(word) if form in text}
