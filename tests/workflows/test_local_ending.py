"""However the local force ends, nothing of it stays behind; what keeps it from starting is said."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from local.listening import Listener, PortBusyError
from local.server import serve
from local.stack import Stack
from tests.workflows.small import SMALL

ROOT = Path(__file__).parents[2]
RUN = f"""
import pathlib, sys
from local.stack import Stack
from tests.workflows.small import SMALL
stack = Stack.start(template=pathlib.Path({str(SMALL)!r}))
stack.call("Shout", {{"word": "hey"}})
stack.lambdas.send(stack.functions["Ask"].name, {{"word": "busy", "token": "t"}})
print(*stack.lambdas.pids(), flush=True)
sys.stdin.read()
stack.stop()
"""


def a_running_force():
    """A force in a process of its own, and the ids of its workers."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'functions'}:{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, [int(pid) for pid in process.stdout.readline().split()]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pids):
    while any(is_running(pid) for pid in pids):
        threading.Event().wait(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_force_that_is_killed_leaves_no_worker_behind(end):
    process, workers = a_running_force()
    assert workers

    with process:
        process.send_signal(end)
        process.wait()

    wait_until_gone(workers)


def test_a_force_that_is_stopped_ends_with_all_its_workers():
    process, workers = a_running_force()

    with process:
        process.stdin.close()
        status = process.wait()

    assert status == 0
    assert not any(is_running(pid) for pid in workers)


def test_a_second_start_begins_with_nothing():
    for _ in range(2):
        with Stack.start(template=SMALL) as stack:
            secrets = stack.aws.client("secretsmanager")
            names = [secret["Name"] for secret in secrets.list_secrets()["SecretList"]]
            secrets.create_secret(Name="left behind", SecretString="x")

    assert names == ["small/local"]


def test_the_environment_is_as_it_was_before():
    before = dict(os.environ)

    with Stack.start(template=SMALL):
        assert os.environ["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")

    assert dict(os.environ) == before


def test_a_busy_port_is_one_sentence():
    taken = Listener()

    with pytest.raises(PortBusyError, match=f"Port {taken.port} is in use"):
        Stack.start(port=taken.port, template=SMALL)

    taken.close()


def test_serving_on_a_busy_port_says_so_and_fails(capsys):
    taken = Listener()

    status = serve(port=taken.port, platform="sandbox", database="moto", seed=lambda _: None)
    taken.close()

    assert status == 1
    assert f"Port {taken.port} is in use" in capsys.readouterr().err
