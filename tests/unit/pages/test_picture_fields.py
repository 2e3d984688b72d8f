"""Pictures as the post form brings them back: each with its own words, whatever is left empty."""

import pytest

from shared.pages.forms import new_form
from shared.pages.render import render
from tests.pages.pictures_made import VIEWS


@pytest.mark.parametrize(
    ("pictures", "alts", "typed"),
    [
        (["a", "b"], ["One.", "Two."], (("a", "One."), ("b", "Two."))),
        (["", "b"], ["One.", "Two."], (("b", "Two."),)),
        (["a", ""], [" One.\r\nMore. ", "kept for nothing"], (("a", "One.\nMore."),)),
        (["a", "b"], ["One."], (("a", "One."), ("b", ""))),
        ([], ["One."], ()),
        ([], [], ()),
    ],
)
def test_a_picture_and_its_words_stay_together(pictures, alts, typed):
    assert new_form({"picture": pictures, "alt": alts}).typed.pictures == typed


def test_only_a_form_with_a_file_in_it_is_sent_in_parts_and_helped_by_a_script():
    upload, consent = (
        render(page, view, csrf="t") for page, view in (VIEWS["picture-form"], VIEWS["consent-own"])
    )

    assert 'enctype="multipart/form-data"' in upload
    assert "/static/shrink." in upload
    assert "enctype" not in consent
    assert "<script" not in consent
