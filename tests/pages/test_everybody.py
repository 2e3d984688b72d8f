"""Everybody can use every page: by eye, by ear, by keyboard, small, large, and without scripts.

The tests of one sample follow one another, for it is loaded once for all that only look at it.
"""

import pytest
from playwright.sync_api import Page

from tests.pages.accessibility import violations
from tests.pages.conftest import DESK, PHONE, Open, Window
from tests.pages.samples import SAMPLES

NARROWEST = (320, 640)

WRONG = (
    "approval-wrong",
    "form-account-wrong",
    "hold-wrong",
    "new-wrong",
    "newsletter-wrong",
    "post-taken-back-wrong",
    "problem",
    "reminder-wrong",
    "sample-wrong",
    "settle-wrong",
    "urgent-wrong",
)
LENGTHENED = """(name) => {
  const told = "h1, h1 ~ p, .govuk-error-message, .govuk-error-summary li, .govuk-error-summary a";
  return [...document.querySelectorAll(told)].map((e) => e.append(` ${name}`)).length;
}"""
CONTROLS = """() => {
  const seen = (e) => e.checkVisibility();
  const group = (e) => e.type === "radio" ? `radio ${e.name}` : null;
  const all = [...document.querySelectorAll("a[href],button,input,select,textarea,summary")];
  return [...new Set(all.filter(seen).map((e) => {
    if (!e.dataset.key) e.dataset.key = group(e) || `${e.tagName} ${all.indexOf(e)}`;
    return e.dataset.key;
  }))];
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const label = e.matches("input[type=radio],input[type=checkbox]") && e.nextElementSibling;
  const ring = label ? getComputedStyle(label, "::before").boxShadow : style.boxShadow;
  const shows = style.outlineStyle !== "none" || ring !== "none";
  return { key: e.dataset.key || null, shows };
}"""


def resize(page: Page, size: tuple[int, int]) -> None:
    """Show the page at this width and height."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    assert page.evaluate("() => [innerWidth, innerHeight]") == list(size)


def too_wide(page: Page) -> list[str]:
    """Elements that stick out on the right, if the page can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          return [...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > room + 1)
            .map((e) => `${e.tagName}.${e.className}`).concat("the page");
        }"""
    )
    return found


@pytest.fixture(scope="module", params=SAMPLES)
def name(request: pytest.FixtureRequest) -> str:
    """A sample. One after the other, because this is a fixture of the whole module."""
    return str(request.param)


@pytest.fixture(scope="module")
def seen(seeing: Window, name: str) -> Page:
    """The sample for tests that leave it as it is; each first says at which size."""
    return seeing.show(name, *PHONE)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_every_page_meets_wcag_2_2_aa(seen: Page, size: tuple[int, int]) -> None:
    resize(seen, size)

    assert violations(seen) == []


def test_what_a_live_check_shows_meets_wcag_2_2_aa(open_page: Open) -> None:
    page = open_page("new-blocked", *PHONE)
    finding = {"severity": "block", "start": 0, "end": 4, "message": "No.", "suggestion": "Mend."}
    count = {"platform": "x", "length": 291, "limit": 280}
    answer = {"outcome": "blocked", "findings": [finding], "counts": [count]}
    page.route("**/v1/checks", lambda route: route.fulfill(json=answer))
    page.get_by_label("What do you want to say?").fill("Something else")
    page.get_by_role("status").wait_for()

    assert violations(page) == []


def test_no_page_scrolls_sideways_on_the_narrowest_phone(seen: Page) -> None:
    resize(seen, NARROWEST)

    assert too_wide(seen) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_a_long_name_in_what_is_wrong_breaks_on_the_narrowest_phone(
    handling: Window, wrong: str
) -> None:
    page = handling.show(wrong, *NARROWEST)

    told = page.evaluate(LENGTHENED, "01J0000000000000000000000L-comms-of-stoke-on-trent")

    assert told
    assert too_wide(page) == []


def test_no_page_scrolls_sideways_at_twice_the_size(
    zoomed: Window, handling: Window, name: str
) -> None:
    close = zoomed.show(name, DESK[0] // 2, DESK[1] // 2)
    enlarged = handling.show(name, *PHONE)
    enlarged.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")

    assert too_wide(close) == []
    assert too_wide(enlarged) == []


def test_every_control_is_reached_by_the_tab_key_and_shows_it(handling: Window, name: str) -> None:
    page = handling.show(name, *PHONE)
    controls = set(page.evaluate(CONTROLS))

    reached, shown = set(), set()
    # A date or time field takes several presses of the key: one for each of its parts, the last
    # of which shows the browser's own ring.
    for _ in range(len(controls) * 2 + 10):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        reached.add(focused["key"])
        shown.update({focused["key"]} if focused["shows"] else ())
        if controls <= reached & shown:
            break

    assert controls - reached == set()
    assert controls - shown == set()


@pytest.mark.parametrize("wrong", ["new-wrong", "new-blocked", "approval-wrong", "reminder-wrong"])
def test_what_is_wrong_has_the_focus_and_leads_to_its_place(open_page: Open, wrong: str) -> None:
    page = open_page(wrong, *PHONE, java_script_enabled=False)
    summary = page.locator("[autofocus]")
    targets = summary.locator("a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")

    assert summary.evaluate("(e) => e === document.activeElement")
    assert targets
    for target in targets:
        assert page.locator(target).count() == 1
