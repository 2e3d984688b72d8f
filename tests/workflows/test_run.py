"""`bluelamp run` as a person starts, kills and starts it again; and what is said if it cannot."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.demo.caller import Caller
from local.listening import Listener
from local.tools import ROOT

BLUELAMP = Path(sysconfig.get_path("scripts")) / "bluelamp"
BESIDE = {"node": "the Bluesky server", "java": "the database", "local.worker": "the functions"}

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def a_free_port() -> str:
    listener = Listener()
    listener.close()
    return str(listener.port)


@contextmanager
def running(port: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A force in a process of its own that serves by now, and what it said."""
    argv = [str(BLUELAMP), "run", "--port", port, *options]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        try:
            yield process, "".join(said)
        finally:
            process.kill()


def family(pid: int) -> dict[int, str]:
    """A process's descendants and their command lines."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        parents[int(stat.parent.name)] = int(fields[1])
    members: dict[int, str] = {}
    grown = {pid}
    while grown:
        grown = {child for child, parent in parents.items() if parent in grown} - members.keys()
        members |= {child: command(child) for child in grown}
    return members


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def is_running(pid: int, was: str) -> bool:
    """Whether the process is still the one it was, and no dead one nobody has buried."""
    return bool(was) and command(pid) == was


@linux_only
@pytest.mark.pds
@pytest.mark.dynamodb
def test_a_force_killed_at_any_time_leaves_nothing_behind_and_starts_again_at_once():
    port = a_free_port()
    options = ("--platform", "bluesky", "--database", "dynamodb-local")
    with running(port, *options) as (process, said):
        url = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
        assert Caller(url).get("/openapi.json").status == 200
        members = family(process.pid)
        for name, what in BESIDE.items():
            assert any(name in line for line in members.values()), f"{what} runs beside it"

        process.send_signal(signal.SIGKILL)
        process.wait()

    with running(port) as (_, said_again):
        assert url in said_again
        assert Caller(url).get("/local/sign-in").status == 200
    while any(is_running(pid, was) for pid, was in members.items()):
        threading.Event().wait(0.05)


@linux_only
def test_a_force_killed_while_it_starts_leaves_nothing_behind():
    argv = [str(BLUELAMP), "run", "--port", a_free_port(), "--database", "dynamodb-local"]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while not (members := family(process.pid)):
            threading.Event().wait(0.05)
        process.kill()

    while any(is_running(pid, was) for pid, was in members.items()):
        threading.Event().wait(0.05)


def said_by(*argv: str, **variables: str) -> tuple[int, str]:
    """The exit code of a command and everything it said."""
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip()


def test_a_busy_port_is_one_sentence():
    taken = Listener()

    code, said = said_by(str(BLUELAMP), "run", "--port", str(taken.port))
    taken.close()

    assert code == 1
    assert said == (
        f"Port {taken.port} is in use by another program; stop that one or choose another port."
    )


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_is_none_is_wrong_use(port):
    code, said = said_by(str(BLUELAMP), "run", f"--port={port}")

    assert code == 2
    assert "Traceback" not in said
    assert "port" in said.splitlines()[-1]


WITHOUT_NODE = """
import sys, sysconfig
sysconfig.get_path = lambda _: "/nowhere"
sys.executable = "false"
from local.cli import main
sys.exit(main())
"""


def test_without_node_the_bluesky_server_is_asked_for_in_one_sentence(tmp_path):
    argv = (sys.executable, "-c", WITHOUT_NODE, "run", "--port=0", "--platform=bluesky")

    code, said = said_by(*argv, PATH=str(tmp_path))

    trying, sentence = said.splitlines()
    assert code == 1
    assert trying.startswith("No usable Node")
    assert sentence.startswith("Node 18 to 23 with npm is needed")


@pytest.mark.parametrize("python", ["", "/bin/false", "/nowhere/python3"])
def test_a_wrong_python_is_one_sentence(tmp_path, python):
    code, said = said_by(
        "make",
        "--no-print-directory",
        f"VENV={tmp_path}/venv",
        f"PYTHON={python}",
        "setup",
    )

    sentence = said.splitlines()[0]
    assert code == 2
    assert sentence.startswith("Bluelamp needs Python 3.11 or newer")
    assert python in sentence
    assert len(said.splitlines()) == 2, "the sentence, and make's own line"
