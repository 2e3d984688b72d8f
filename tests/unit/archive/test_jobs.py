import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from archive import jobs
from archive.sequencing.signing import KmsSigner, WrongKeyError
from archive.sequencing.witnesses import AnotherLogError, Outcome
from archive.settings import LogSettings
from shared.recordlog.errors import BadSignatureError
from shared.recordlog.note import open_note, sign_note
from shared.records.errors import HeadMovedError
from shared.settings.reading import MissingVariableError, read
from tests.unit.archive.world import World, a_world
from tests.unit.recordlog.witnesses import WITNESS

VARIABLES = {
    "TABLE_PREFIX": "bluelamp-",
    "LOG_BUCKET": "bluelamp-log",
    "LOG_KEY_ID": "a-key",
    "LOG_ORIGIN": "log.example/force",
}


def a_kms(private):
    """botocore's own client, which checks every request against AWS's model, and what it hears."""
    client = boto3.client(
        "kms", "eu-west-2", aws_access_key_id="nobody", aws_secret_access_key="nothing"
    )
    heard = Stubber(client)
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    heard.add_response("get_public_key", {"PublicKey": public}, {"KeyId": "a-key"})
    heard.activate()
    return client, heard


def test_the_job_says_how_many_leaves_it_took_in(monkeypatch):
    world = World()
    world.accept(3)
    monkeypatch.setattr(jobs, "sequencer", world.sequencer)

    assert jobs.sequence({}, None) == {"size": 3, "leaves": 3}
    assert jobs.sequence({}, None) == {"size": 3, "leaves": 0}
    world.require_finished()


def test_a_job_that_was_overtaken_says_so_and_does_not_fail(monkeypatch):
    world = World()
    world.accept(1)

    def overtaken(_old, new):
        raise HeadMovedError(new.origin, None)

    world.swap = overtaken
    monkeypatch.setattr(jobs, "sequencer", world.sequencer)

    assert jobs.sequence({}, None) == {"overtaken": True}
    assert list(world.waiting) == world.accepted


@pytest.mark.parametrize("missing", VARIABLES)
def test_a_missing_variable_is_named(missing):
    given = {name: value for name, value in VARIABLES.items() if name != missing}

    with pytest.raises(MissingVariableError, match=missing):
        read(LogSettings, given)


def test_kms_is_asked_to_sign_the_message_itself_with_ed25519():
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    client, heard = a_kms(private)
    heard.add_response(
        "sign",
        {"Signature": private.sign(b"text\n")},
        {
            "KeyId": "a-key",
            "Message": b"text\n",
            "MessageType": "RAW",
            "SigningAlgorithm": "ED25519_SHA_512",
        },
    )
    signer = KmsSigner(client, "a-key", "log.example/force")

    signed = sign_note("text\n", [signer])

    assert open_note(signed, [signer.key]).text == "text\n"
    heard.assert_no_pending_responses()


def test_a_checkpoint_that_kms_did_not_sign_rightly_is_never_published():
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    client, heard = a_kms(private)
    heard.add_response("sign", {"Signature": private.sign(b"something else")})
    signer = KmsSigner(client, "a-key", "log.example/force")
    world = a_world(waiting=1)
    sequencer = world.sequencer()
    sequencer._signers, sequencer._known = [signer], [signer.key]

    with pytest.raises(BadSignatureError):
        sequencer.run()
    assert world.published == []
    world.sequencer().run()
    world.require_finished()


def test_a_refusal_of_kms_leaves_the_log_as_it_was():
    client, heard = a_kms(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    heard.add_client_error("sign", "KMSInvalidStateException")
    signer = KmsSigner(client, "a-key", "log.example/force")
    world = a_world(logged=3, waiting=1)
    sequencer = world.sequencer()
    sequencer._signers = [signer]

    with pytest.raises(ClientError):
        sequencer.run()
    assert world.published == [0, 3]
    world.sequencer().run()
    world.require_finished()


def test_a_key_of_another_kind_is_refused_before_anything_is_signed():
    client, _ = a_kms(ec.generate_private_key(ec.SECP256R1()))

    with pytest.raises(WrongKeyError):
        KmsSigner(client, "a-key", "log.example/force")


def test_a_witness_that_saw_a_longer_log_rings_an_alarm_after_all_is_on_record(monkeypatch):
    recorded = []

    def asked(*_, **__):
        recorded.append("all of it")
        return {"good.example": Outcome.COSIGNED, "w.example": Outcome.AHEAD}

    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LOG_WITNESSES", f"{WITNESS.key} https://w.example")
    monkeypatch.setattr(jobs, "log_of", lambda _: None)
    monkeypatch.setattr(jobs, "attestations", lambda _: None)
    monkeypatch.setattr(jobs, "ask_all", asked)

    with pytest.raises(AnotherLogError) as caught:
        jobs.witness({}, None)

    assert caught.value.names == ("w.example",)
    assert recorded == ["all of it"]
