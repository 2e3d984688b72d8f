"""What an API function loads before its first answer; how long that takes is for `make bench`."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture import cloud
from tests.architecture.house import FUNCTIONS

# Each is needed by some requests and by most of them not; together they would double a start.
NOT_NEEDED_YET = {
    *("aws_lambda_powertools", "boto3", "jinja2", "regex", "cryptography", "joserfc"),
}
CHALICE = {
    "enter.app",
    "register.app",
    "compose.app",
    "compose.picture_app",
    "moderate.app",
    "moderate.deletion_app",
    "moderate.takedown_app",
    "watch.following.app",
    "subscribe.app",
    "archive.app",
}
LOOKING = """
import json, sys
import botocore.client
made, create = [], botocore.client.ClientCreator.create_client
def counted(self, service_name, *given, **named):
    made.append(service_name)
    return create(self, service_name, *given, **named)
botocore.client.ClientCreator.create_client = counted
import {module} as door
room = door.room()
(getattr(room, "people", None) or room.subscribers)._tables.connection.client
print(json.dumps([sorted(name for name in sys.modules if "." not in name), made]))
"""


@pytest.mark.parametrize("module", sorted(CHALICE))
def test_an_api_function_starts_with_one_client_and_nothing_it_may_not_need(module):
    loaded, made = started(module)

    assert set(loaded) & NOT_NEEDED_YET == set()
    assert made == ["dynamodb"]


def test_these_are_all_the_api_functions():
    handlers = {str(function["Handler"]) for function in cloud.functions().values()}

    assert {name.rpartition(".")[0] for name in handlers if name.endswith(".app")} == CHALICE


def started(module):
    """What is loaded, and which clients were made, once the function could answer."""
    given = {
        name: "https://given.example"
        for f in cloud.functions().values()
        for name in cloud.variables(f)
    }
    environment = {
        **given,
        **dict.fromkeys(cloud.variables_of_all(), "given"),
        "AWS_REGION": "eu-west-2",
        "AWS_ACCESS_KEY_ID": "given",
        "AWS_SECRET_ACCESS_KEY": "given",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(FUNCTIONS),
    }
    told = subprocess.run(
        [sys.executable, "-P", "-c", LOOKING.format(module=module)],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return json.loads(told.stdout)
