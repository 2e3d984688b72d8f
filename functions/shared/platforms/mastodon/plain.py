"""Words from the HTML in which Mastodon gives what others wrote: their source is theirs alone."""

from html.parser import HTMLParser

LINE_ENDS = frozenset({"br", "li"})


def plain(markup: object) -> str:
    """The words, with their lines; an empty line between paragraphs."""
    reader = _Words()
    reader.feed(str(markup or ""))
    reader.close()
    return reader.said.strip("\n")


class _Words(HTMLParser):
    """Collects text; every tag but those that end a line counts for nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in LINE_ENDS:
            self.said += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.said += "\n\n"

    def handle_data(self, data: str) -> None:
        self.said += data
