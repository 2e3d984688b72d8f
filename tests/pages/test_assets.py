"""The static files that ship are the ones this look and these packages make."""

from local import assets


def test_the_committed_files_are_what_would_be_built() -> None:
    assert assets.differences(assets.build(), assets.STATIC) == []
