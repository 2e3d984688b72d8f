"""The static files: only what was built, under names that bear their content."""

import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.pages import static as files
from shared.pages.errors import StaticFileError
from shared.pages.static import address, manifest, static


def test_every_name_in_the_manifest_is_served_and_bears_its_hash() -> None:
    for hashed in manifest().values():
        found = static(hashed)
        assert found
        content, content_type = found
        assert hashlib.sha256(content).hexdigest()[:12] == hashed.split(".")[1]
        assert content_type


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../render.py",
        "manifest.json",
        "bluelamp.css",
        "/etc/passwd",
        "a\0b",
        "%2e%2e",
    ],
)
def test_no_other_name_exists(name: str) -> None:
    assert static(name) is None


@given(st.text())
def test_whatever_is_asked_for_only_the_manifest_answers(name: str) -> None:
    assert (static(name) is None) == (name not in manifest().values())


def test_a_page_that_names_a_file_nobody_built_fails() -> None:
    with pytest.raises(StaticFileError):
        address("missing.css")


def test_the_style_sheet_holds_neither_the_foreign_typeface_nor_anything_from_elsewhere() -> None:
    found = static(manifest()["bluelamp.css"])

    assert found
    assert not re.search(rb"GDS Transport|@font-face|@import|url\(", found[0])


def test_nothing_lies_in_the_folder_that_the_manifest_does_not_name() -> None:
    named = set(json.loads(files.MANIFEST.read_text()).values())
    beside = {"manifest.json", "govuk-frontend.licence.txt"}

    assert {path.name for path in files.FOLDER.iterdir()} == named | beside
