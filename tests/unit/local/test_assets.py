"""The build of the static files: names that bear their content, and nothing left over."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from local import assets
from local.tools.node import Node


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(assets, "_style_sheet", lambda: b"body{}")
    return assets.build()


def test_every_file_bears_the_hash_of_its_content(built: dict[str, bytes]) -> None:
    names = json.loads(built["manifest.json"])

    assert set(names) == {"bluelamp.css", "check.js", "lamp.svg", "shrink.js"}
    for hashed in names.values():
        assert hashed.split(".")[1] == hashlib.sha256(built[hashed]).hexdigest()[:12]


def test_what_was_built_before_is_taken_away(tmp_path: Path, built: dict[str, bytes]) -> None:
    (tmp_path / "bluelamp.000000000000.css").write_bytes(b"old")

    assets.write(built, tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == built
    assert assets.differences(built, tmp_path) == []


def test_what_differs_is_named(tmp_path: Path, built: dict[str, bytes]) -> None:
    assets.write(built, tmp_path)
    (tmp_path / "manifest.json").write_bytes(b"{}")
    (tmp_path / "stray.js").write_bytes(b"")

    assert assets.differences(built, tmp_path) == ["manifest.json", "stray.js"]


@pytest.fixture
def a_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Let a shell script stand where Node would."""

    def stand_in(script: str) -> None:
        binary = tmp_path / "node"
        binary.write_text(f"#!/bin/sh\n{script}\n")
        binary.chmod(0o755)
        monkeypatch.setattr(assets, "npm_ci", lambda _: None)
        monkeypatch.setattr(assets, "find_node", lambda: Node(binary, (), "20.0.0", None))

    return stand_in


@pytest.mark.parametrize(
    "css",
    [
        "@font-face{}",
        "p{font-family:'GDS Transport'}",
        "p{background:url(/a.png)}",
        "svg[id=crown]{}",
    ],
)
def test_what_is_not_ours_to_use_is_refused(a_node: Callable[[str], None], css: str) -> None:
    a_node(f'printf "%s" "{css}"')

    with pytest.raises(assets.AssetError, match="not ours to use"):
        assets.build()


def test_a_style_sheet_that_does_not_compile_says_why(a_node: Callable[[str], None]) -> None:
    a_node("echo 'expected something else' >&2; exit 65")

    with pytest.raises(assets.AssetError, match="expected something else"):
        assets.build()
