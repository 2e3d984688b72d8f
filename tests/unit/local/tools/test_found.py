"""A tool is found, or the sentence says what to do; made with programs that only pretend."""

import os
import re
import sys
import sysconfig

import pytest

from local.tools import FailedToolError, MissingToolError
from local.tools.chromium import find_chromium
from local.tools.commands import run
from local.tools.dynamodb import find_java
from local.tools.node import find_node
from local.tools.versitygw import find_go


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Put a pretended program on a PATH that holds nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("CHROMIUM", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)

    def put(name, script="exit 0"):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return program

    return put


@pytest.fixture
def _no_wheel_can_be_had(tmp_path, on_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(on_path("python", "echo no network; exit 1")))
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path / "packages"))


@pytest.mark.parametrize("version", ["18.20.8", "20.20.2", "22.20.0"])
def test_a_node_on_path_that_works_is_taken(on_path, version):
    node, npm = on_path("node", f"echo v{version}"), on_path("npm")

    found = find_node()

    assert (found.binary, found.npm, found.version) == (node, (str(npm),), version)


@pytest.mark.usefixtures("_no_wheel_can_be_had")
@pytest.mark.parametrize("script", ["echo v16.20.2", "echo v24.1.0", "exit 1"])
def test_a_node_that_does_not_work_is_passed_over(on_path, script):
    on_path("node", script)
    on_path("npm")

    with pytest.raises(MissingToolError, match="Node 18 to 23 with npm is needed"):
        find_node()


@pytest.mark.usefixtures("_no_wheel_can_be_had")
def test_a_node_without_npm_is_passed_over(on_path):
    on_path("node", "echo v20.20.2")

    with pytest.raises(MissingToolError, match="no network"):
        find_node()


def test_the_headers_for_native_builds_are_those_of_the_node_found(on_path, tmp_path):
    header = tmp_path / "include" / "node" / "node.h"
    header.parent.mkdir(parents=True)
    header.touch()
    on_path("node", "echo v20.20.2")
    on_path("npm")

    environment = find_node().environment()

    assert environment["npm_config_nodedir"] == str(tmp_path)
    assert environment["PATH"].split(os.pathsep)[0] == str(tmp_path / "bin")


def test_the_chromium_that_is_named_wins(on_path, monkeypatch):
    on_path("chromium")
    named = on_path("another-chrome")
    monkeypatch.setenv("CHROMIUM", str(named))

    assert find_chromium() == named


def test_a_named_chromium_that_is_no_program_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))

    with pytest.raises(MissingToolError, match="which is not a program"):
        find_chromium()


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_a_chromium_on_path_is_found_by_each_of_its_names(on_path, name):
    browser = on_path(name)

    assert find_chromium() == browser


@pytest.mark.usefixtures("on_path")
def test_without_chromium_and_without_apt_the_sentence_says_what_to_do():
    with pytest.raises(MissingToolError, match="install it, or name a Chrome in the variable"):
        find_chromium()


def test_only_root_installs_chromium(on_path, monkeypatch):
    on_path("apt-get", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(MissingToolError, match="install it, or name a Chrome in the variable"):
        find_chromium()


def test_a_java_that_only_runs_is_not_enough(on_path):
    on_path("java")

    with pytest.raises(MissingToolError, match="No Java development kit here"):
        find_java()


@pytest.mark.parametrize("told", ["javac 11.0.2", "javac 1.8.0_292", "what?"])
def test_an_old_java_is_told_by_its_version(on_path, told):
    on_path("java")
    on_path("javac", f"echo '{told}'")

    with pytest.raises(MissingToolError, match="Java 17 or newer; this one says"):
        find_java()


@pytest.mark.parametrize("told", ["go1.21.0", "go1.26.8", "go2.0", "devel go1.27-abc"])
def test_a_go_that_fetches_newer_ones_is_taken(on_path, told):
    go = on_path("go", f"echo {told}")

    assert find_go() == str(go)


@pytest.mark.parametrize("told", ["go1.20.14", "go1.4", "what?"])
def test_an_old_go_is_told_by_its_version(on_path, told):
    on_path("go", f"echo '{told}'")

    with pytest.raises(
        MissingToolError, match=re.escape(f"Go 1.21 or newer; this one says '{told}")
    ):
        find_go()


@pytest.mark.usefixtures("on_path")
def test_without_go_the_sentence_says_what_it_is_for():
    with pytest.raises(MissingToolError, match="No Go here; Versity's S3 gateway is built with it"):
        find_go()


def test_a_failed_tool_says_its_last_words_and_only_those(on_path):
    talks = on_path("talks", "i=0; while [ $i -lt 99 ]; do i=$((i+1)); echo said $i; done; exit 3")

    with pytest.raises(FailedToolError, match=r"failed \(3\):\nsaid 85\n") as failed:
        run((str(talks),), seconds=20)

    assert str(failed.value).endswith("said 99")


def test_a_tool_that_does_not_end_is_ended(on_path):
    hangs = on_path("hangs", "while :; do :; done")

    with pytest.raises(FailedToolError, match="was not done after 0 seconds"):
        run((str(hangs),), seconds=0.2)


def test_a_tool_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FailedToolError, match="does not start: No such file"):
        run((str(tmp_path / "nothing"),), seconds=5)
