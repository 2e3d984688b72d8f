"""`bluelamp run`: the real template, seeded, until it is told to stop."""

import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from local.force import AUDITOR, COMMS, OFFICER, REGISTRAR

ROOT = Path(__file__).parents[2]
RUN = """
import pathlib, sys
from local.seed import seed
from local.server import serve
logs = pathlib.Path(sys.argv[1])
sys.exit(serve(port=0, platform="sandbox", database="moto", seed=seed, logs=logs))
"""


@dataclass(frozen=True)
class Life:
    """What a force said and answered before it was told to stop, and how it ended."""

    said: str
    answers: dict[str, tuple[int, str]]
    status: int


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """One force from its start to its end."""
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path_factory.mktemp("logs"))],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'functions'}:{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = greeting(process.stdout)
            url = re.search(r"127\.0\.0\.1:\d+", said)[0]
            paths = ("/local/sign-in", "/openapi.json", "/v1/posts")
            answers = {path: fetch(url, path) for path in paths}
            process.send_signal(signal.SIGTERM)
            return Life(said, answers, process.wait())
        except BaseException:
            process.kill()  # whatever went wrong is told; nobody waits for a force nobody stopped
            raise


def greeting(lines):
    """All that is said until the last line of the greeting."""
    said = []
    for line in lines:
        said.append(line)
        if "Ctrl-C" in line:
            break
    return "".join(said)


def fetch(host, path):
    with closing(HTTPConnection(host, timeout=60)) as asking:
        asking.request("GET", path)
        answer = asking.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("person", [OFFICER, COMMS, REGISTRAR, AUDITOR])
def test_it_tells_where_to_sign_in_as_whom(life, person):
    assert re.search(rf"{person.role.value} +.*/local/sign-in#{person.role.value}", life.said)


def test_it_tells_where_mails_and_posts_are(life):
    told = set(re.findall(r"/local/[a-z]+", life.said))

    assert {"/local/mailbox", "/local/sandbox", "/local/clock"} <= told


def test_everybody_can_sign_in(life):
    status, page = life.answers["/local/sign-in"]

    assert status == 200
    assert COMMS.name in page


def test_the_product_answers_through_its_template(life):
    described, _ = life.answers["/openapi.json"]
    refused, problem = life.answers["/v1/posts"]

    assert (described, refused) == (200, 401)
    assert "Sign in" in problem


def test_told_to_stop_it_stops_and_nothing_was_wrong(life):
    assert life.status == 0
