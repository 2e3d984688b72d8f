"""What docs/audit.md lists is what can be asked."""

from tests.architecture.questions_page import PAGE, table


def test_the_table_of_fixed_questions_is_written_from_the_pack():
    told = "Write it anew: .venv/bin/python -m tests.architecture.questions_page"

    assert table() in PAGE.read_text(encoding="utf-8"), told
