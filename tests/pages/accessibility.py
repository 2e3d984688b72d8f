"""What axe-core has to say about a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, one line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # No page of ours frames another but the local mailbox, whose mail is shut in a sandbox: axe
    # cannot speak to it, and the browser would complain that it tried.
    asked = {
        "runOnly": {"type": "tag", "values": STANDARD},
        "iframes": False,
        # What passes is only counted: to describe each place that does takes axe longest.
        "resultTypes": ["violations"],
    }
    found: dict[str, Any] = page.evaluate("(asked) => axe.run(document, asked)", asked)
    assert found["passes"]
    return [
        f"{wrong['id']}: {node['target']} {node['failureSummary']}"
        for wrong in found["violations"]
        for node in wrong["nodes"]
    ]
