"""One exchange: what left, what may have left, and what surely did not."""

import datetime as dt
import ipaddress
import re
import socket
import ssl
import threading
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.platforms.wire import NeverLeftError, NoAnswerError, Wire
from tests.platforms.builders import HASTY, PATIENT

OK = b"HTTP/1.1 200 OK\r\nX-Told: Yes\r\nContent-Length: 2\r\n\r\n{}"


@contextmanager
def a_server(talk):
    """A listener that lets `talk` handle one connection; yields its port and what it heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            conversation, _ = listener.accept()
            with conversation:
                talk(conversation, heard)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1], heard
        thread.join(10)


def saying(answer: bytes):
    def talk(conversation, heard):
        heard.append(whole_request(conversation))
        conversation.sendall(answer)

    return talk


def some_of(conversation) -> bytes:
    if piece := conversation.recv(65536):
        return piece
    raise EOFError


def whole_request(conversation) -> bytes:
    """Head and body, in however many pieces they come; EOFError if the other side hangs up."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += some_of(conversation)
    head, body = data.split(b"\r\n\r\n", 1)
    length = re.search(rb"Content-Length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += some_of(conversation)
    return head + b"\r\n\r\n" + body


def test_an_answer_comes_back_whole():
    with a_server(saying(OK)) as (port, heard):
        answer = Wire(PATIENT).call("GET", f"http://127.0.0.1:{port}/a", query={"q": "ŵ &"})

    assert (answer.status, answer.headers["x-told"], answer.fields()) == (200, "Yes", {})
    assert b"GET /a?q=%C5%B5+%26 HTTP/1.1\r\n" in heard[0]
    assert b"Connection: close\r\n" in heard[0]


def test_json_goes_out_the_same_every_time():
    bodies = []
    for _ in range(2):
        with a_server(saying(OK)) as (port, heard):
            fields = {"text": "Ŵyl 🚓", "swap": None}
            Wire(PATIENT).post_json(f"http://127.0.0.1:{port}/", fields, {})
        bodies.append(heard[0].split(b"\r\n\r\n", 1)[1])

    assert bodies == ['{"text":"Ŵyl 🚓","swap":null}'.encode()] * 2


@pytest.mark.parametrize("body", [b"<html>", b"[1]", b"", b"\xff\xfe"])
def test_a_body_that_is_no_object_has_no_fields(body):
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    with a_server(saying(answer)) as (port, _):
        assert Wire(PATIENT).call("GET", f"http://127.0.0.1:{port}/").fields() == {}


def test_a_redirect_is_an_answer_and_not_followed():
    moved = b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with a_server(saying(moved)) as (port, _):
        answer = Wire(PATIENT).call("POST", f"http://127.0.0.1:{port}/", body=b"x")

    assert (answer.status, answer.ok, answer.refused) == (307, False, False)


LOST = [
    (b"", "hung up without a word"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", "hung up half way"),
    (b"Not HTTP at all\r\n\r\n", "spoke something else"),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", "lied"),
]


@pytest.mark.parametrize(("answer", "why"), LOST)
def test_a_request_that_left_and_has_no_whole_answer_is_lost(answer, why):
    with a_server(saying(answer)) as (port, heard), pytest.raises(NoAnswerError):
        Wire(PATIENT).call("POST", f"http://127.0.0.1:{port}/", body=b"x")

    assert heard[0].endswith(b"x"), why


def test_a_silent_server_is_given_up_on():
    done = threading.Event()
    with a_server(lambda *_: done.wait(60)) as (port, _):
        with pytest.raises(NoAnswerError, match="ReadTimeout"):
            Wire(HASTY).call("GET", f"http://127.0.0.1:{port}/")
        done.set()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://no-such-host.invalid/", "http://"])
def test_where_no_connection_is_made_nothing_left(url):
    with pytest.raises(NeverLeftError):
        Wire(PATIENT).call("POST", url, body=b"x")


def a_certificate(folder):
    """A self-signed certificate for the loopback address, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    return path


def test_a_server_that_cannot_prove_its_name_hears_nothing(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(a_certificate(tmp_path))

    def talk(conversation, heard):
        try:
            with context.wrap_socket(conversation, server_side=True) as secure:
                heard.append(secure.recv(65536))
        except OSError:
            heard.append(b"")

    with a_server(talk) as (port, heard), pytest.raises(NeverLeftError):
        Wire(PATIENT).call("POST", f"https://127.0.0.1:{port}/", body=b"password")

    assert b"password" not in b"".join(heard)
