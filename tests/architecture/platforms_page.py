"""docs/platforms.md as its test reads it; run as a module it writes the tables anew."""

import re

from shared.pages.words import platform_title
from shared.posts.capabilities import ALL, DEED, TITLES, Can
from tests.architecture.house import ROOT

PAGE = ROOT / "docs" / "platforms.md"
CAN = "## What each of them can do"
CANNOT = "## What they cannot, and what to do instead"


def what_each_can():
    """A row a deed, a column a platform."""
    head = ("", *(platform_title(name) for name in ALL))
    rows = [
        (DEED[what].lower(), *("yes" if here.can(what) else "no" for here in ALL.values()))
        for what in Can
    ]
    return [*table(head), *map(row, rows)]


def what_they_cannot():
    """A row a reason, with the platforms that share it."""
    sharing = {}
    for name, here in ALL.items():
        for what, sentence in here.cannot.items():
            why = sentence.removeprefix(TITLES[name]).strip()
            sharing.setdefault((what, why), []).append(platform_title(name))
    ordered = sorted(sharing.items(), key=lambda one: list(Can).index(one[0][0]))
    rows = [(DEED[what].lower(), ", ".join(names), f"… {why}") for (what, why), names in ordered]
    return [*table(("what", "platforms", "why, and what instead")), *map(row, rows)]


def pictures():
    """A row a platform that takes pictures."""
    rows = [
        (
            platform_title(name),
            str(here.pictures.most),
            number(here.pictures.alt_characters),
            number(here.pictures.most_bytes),
        )
        for name, here in ALL.items()
        if here.pictures
    ]
    return [*table(("", "pictures", "characters of alt text", "bytes of each")), *map(row, rows)]


def videos():
    """A row a platform that takes videos."""
    rows = [
        (
            platform_title(name),
            number(here.videos.most_bytes),
            number(here.videos.most_seconds),
            "yes" if here.videos.described else "no",
        )
        for name, here in ALL.items()
        if here.videos
    ]
    return [*table(("", "bytes", "seconds", "keeps its description")), *map(row, rows)]


PICTURES, VIDEOS = "## Pictures", "## Videos"
WRITTEN = {
    CAN: what_each_can,
    PICTURES: pictures,
    VIDEOS: videos,
    CANNOT: what_they_cannot,
}


def number(limit):
    return "no limit known" if limit is None else f"{limit:,}"


def table(head):
    return [row(head), row(["---"] * len(head)).replace(" ", "")]


def row(cells):
    return "| " + " | ".join(cells) + " |"


def written(heading):
    """The table that stands under a heading, line by line."""
    text = PAGE.read_text(encoding="utf-8")
    start = text.index("|", text.index(f"\n{heading}\n"))
    return re.match(r"(\|.*\n)+", text[start:])[0].splitlines()


def rewrite():
    """Put what the code says into the tables."""
    text = PAGE.read_text(encoding="utf-8")
    for heading, lines in WRITTEN.items():
        start = text.index("|", text.index(f"\n{heading}\n"))
        end = start + re.match(r"(\|.*\n)+", text[start:]).end()
        text = text[:start] + "\n".join(lines()) + "\n" + text[end:]
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
