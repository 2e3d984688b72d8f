"""Every page with every face it has: escaped, complete, and nothing inside that the CSP forbids."""

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from shared.pages import render as rendering
from shared.pages.approval_views import LookView
from shared.pages.errors import MissingCsrfError, UnknownPageError
from shared.pages.exact import Look, runs_of
from shared.pages.parts import TargetView
from shared.pages.render import render
from shared.pages.views import (
    VIEW_OF_PAGE,
    PostsView,
    ProblemView,
    RegistryView,
    SignInView,
    Viewer,
)
from shared.posts.life import State
from shared.posts.names import PlatformName
from tests.pages.made_views import a_new_view, a_post_view, an_approval_view
from tests.pages.samples import SAMPLES, Sample

HOSTILE = "</textarea><script>alert('1')</script><b onclick=\"x\">&amp;{{ 7*7 }}{% raise %}\u202e"


class Page(HTMLParser):
    """Tags with their attributes, and the text inside one wanted element."""

    def __init__(self, html: str, inside: str = "") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside, self._depth, self._skip = inside, 0, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag in {"br", "input", "meta", "link", "img", "path"}:
            return
        if self._depth or self._inside in (found.get("class") or "").split():
            self._depth += 1
        if self._depth and (self._skip or found.get("class") in {"bl-number", "bl-hidden"}):
            self._skip += 1

    def handle_endtag(self, tag: str) -> None:
        assert tag not in {"br", "input", "img"}
        self._depth -= bool(self._depth)
        self._skip -= bool(self._skip)

    def handle_data(self, data: str) -> None:
        if self._depth and not self._skip:
            self.text += data


def shown(sample: Sample) -> str:
    return render(sample.page, sample.view, csrf=sample.csrf, viewer=sample.viewer)


def poisoned(part: Any) -> Any:
    """The same view with hostile words wherever it says something in free words."""
    kept = {"severity", "outcome", "decision", "choice", "address", "url", "link_address", "field"}
    if isinstance(part, tuple):
        return tuple(poisoned(one) for one in part)
    if type(part) is str:
        return HOSTILE
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changes = {f.name: poisoned(getattr(part, f.name)) for f in fields(part) if f.name not in kept}
    return replace(part, **changes)


def test_every_page_has_a_sample_here() -> None:
    assert {sample.page for sample in SAMPLES.values()} == set(VIEW_OF_PAGE)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_is_whole_with_one_heading_and_a_title(name: str) -> None:
    page = shown(SAMPLES[name])

    tags = [tag for tag, _ in Page(page).tags]
    assert page.endswith("</html>")
    assert tags.count("h1") == 1
    assert re.search(r"<title>[^<\n]+ – Bluelamp</title>", page)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_inline_that_the_content_security_policy_forbids(name: str) -> None:
    for tag, attributes in Page(shown(SAMPLES[name])).tags:
        assert tag != "style"
        assert "style" not in attributes
        assert not [key for key in attributes if key.startswith("on")]
        assert tag != "script" or (attributes["src"] or "").startswith("/static/")


@pytest.mark.parametrize("name", SAMPLES)
def test_hostile_words_stay_words_on_every_page(name: str) -> None:
    sample = SAMPLES[name]
    page = render(
        sample.page, poisoned(sample.view), csrf=sample.csrf, viewer=poisoned(sample.viewer)
    )

    clean_tags = {tag for tag, _ in Page(shown(sample)).tags}
    tags = Page(page).tags
    assert "alert(" not in page or "&lt;script&gt;alert(" in page
    # An empty reason has no quotation, a hostile one has.
    assert {tag for tag, _ in tags} <= clean_tags | {"mark", "blockquote"}
    assert not [attributes for _, attributes in tags if "onclick" in attributes]
    assert "49" not in re.sub(r"[0-9a-f]{12}", "", page)


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_the_words_shown_are_the_words_that_would_go_out(text: str) -> None:
    looks = (LookView((TargetView(PlatformName("x"), "@leek"),), text),)
    page = render("approval", an_approval_view(text=text, looks=looks), csrf="t")

    seen = Page(page, inside="bl-words").text
    hidden = Page(page).tags.count(("span", {"class": "bl-hidden"}))
    assert len(seen) + hidden == len(text)
    assert seen == "".join(run.text for run in runs_of(text) if run.look is not Look.HIDDEN)


@pytest.mark.parametrize("text", ["\nfirst line empty", "two  blanks ", "<b>&amp;</b>", "", "\n\n"])
def test_typed_words_come_back_as_typed(text: str) -> None:
    view = a_new_view()
    page = render("new", replace(view, typed=replace(view.typed, text=text)), csrf="t")

    inside = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert inside
    assert inside[1] == escaped


def test_half_a_surrogate_pair_does_not_stop_a_page() -> None:
    page = render("post", a_post_view(text="bad \ud83d end"), csrf="t")

    assert page.encode("utf-8")


def test_a_choice_is_never_made_for_the_approver() -> None:
    page = render("approval", an_approval_view(), csrf="t")

    radios = [a for tag, a in Page(page).tags if a.get("type") == "radio"]
    assert [a["value"] for a in radios] == ["approve", "edit", "return", "reject"]
    assert not [a for a in radios if "checked" in a]


def test_a_signed_in_approver_needs_no_code() -> None:
    page = render("approval", an_approval_view(asks_code=False), csrf="t")

    assert 'name="code"' not in page


def test_an_address_that_is_no_web_address_becomes_no_link() -> None:
    view = a_post_view()
    target = replace(view.targets[0], url="javascript:alert(1)")

    page = render("post", replace(view, targets=(target,)), csrf="t")

    assert "javascript:" not in page


@pytest.mark.parametrize("state", State)
def test_every_state_is_said_in_words(state: State) -> None:
    page = render("post", a_post_view(state=state), csrf="t")

    assert rendering.words.STATES[state].sentence in page


def test_summer_time_is_shown_with_its_moment_in_utc() -> None:
    due = a_post_view().submitted_at.replace(month=7)

    page = render("post", a_post_view(due=due), csrf="t")

    assert '<time datetime="2026-07-21T13:05:00+00:00">14:05 on Tuesday 21 July 2026</time>' in page
    assert "(2026-07-21 13:05 UTC)" in page


@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("nowhere", ProblemView("No", "No.")),
        ("problem", SignInView("https://sign-in.example/")),
        ("../problem", ProblemView("No", "No.")),
    ],
)
def test_a_page_takes_only_its_own_view(name: str, view: ProblemView | SignInView) -> None:
    with pytest.raises(UnknownPageError):
        render(name, view)


def test_a_form_without_its_token_is_refused() -> None:
    with pytest.raises(MissingCsrfError):
        render("new", a_new_view())


def test_a_template_that_names_what_is_not_there_fails() -> None:
    template = rendering._environment().from_string("{{ view.nothing_of_the_kind }}")

    with pytest.raises(UndefinedError):
        template.render(view=ProblemView("No", "No."))


def test_signing_out_has_a_token_of_its_own() -> None:
    viewer = Viewer("Insp Sam Khan", leave_token="for-leaving")

    page = render("approval", an_approval_view(), csrf="for-deciding", viewer=viewer)

    leave, decide = page.index('action="/sign-out"'), page.index('action="/approvals/')
    assert leave < page.index('value="for-leaving"') < decide < page.index('value="for-deciding"')


def tabs(page: str) -> list[dict[str, str | None]]:
    """What the tags of the navigation say."""
    return [each for tag, each in Page(page).tags if each.get("class") == "bl-nav__link"]


@pytest.mark.parametrize(
    "viewer", [Viewer("Insp Sam Khan"), Viewer("Owen Hart", may_read_all=True)]
)
def test_whoever_is_signed_in_finds_the_way_to_their_reports(viewer: Viewer) -> None:
    page = render("posts", PostsView(()), csrf="3f7c0c2b", viewer=viewer)

    assert "/reports" in [tab["href"] for tab in tabs(page)]


@pytest.mark.parametrize("address", ["/mentions", "/deletions", "/reports", "/registry"])
def test_a_list_marks_its_own_tab_and_no_other(address: str) -> None:
    view, viewer = RegistryView("A list", address, ()), Viewer("Owen Hart", may_read_all=True)

    page = render("registry", view, csrf="3f7c0c2b", viewer=viewer)

    assert [tab["href"] for tab in tabs(page) if "aria-current" in tab] == [address]
