"""The table of fixed questions in docs/audit.md; run as a module it writes it anew."""

from archive.questions.pack import pack
from tests.architecture.house import ROOT
from tests.architecture.manual import rows_as_text

PAGE = ROOT / "docs" / "audit.md"
HEAD = "| question | asks | given besides | whose rule |\n|---|---|---|---|\n"


def table():
    """A row a question, in the order of the pack."""
    rows = [
        (
            f"`{question.name}`",
            question.asks,
            ", ".join(f"`{name}={usual}`" for name, usual in question.defaults.items()) or "–",
            question.source,
        )
        for question in pack().values()
    ]
    return HEAD + rows_as_text(rows) + "\n"


def rewrite():
    """Put it where the old one stands."""
    text = PAGE.read_text(encoding="utf-8")
    start = text.index(HEAD)
    end = text.index("\n\n", start) + 1
    PAGE.write_text(text[:start] + table() + text[end:], encoding="utf-8")


if __name__ == "__main__":
    rewrite()
