"""A text in runs: nothing lost, nothing hidden, findings where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.pages.exact import Look, excerpt, gravest_first, links_of, runs_of
from shared.pages.views import FindingView
from shared.posts.looks import marks
from shared.posts.names import PlatformName


def a_finding(start: int, end: int, severity: str = "review") -> FindingView:
    return FindingView("rule", severity, start, end, "Message.", "Suggestion.", "Source")


spans = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=4)


@given(st.text(max_size=40), spans)
def test_the_runs_together_are_the_text(text: str, found: list[tuple[int, int]]) -> None:
    runs = runs_of(text, [a_finding(start, end) for start, end in found])

    assert "".join(run.text for run in runs) == text


@given(st.text(min_size=1, max_size=40), spans)
def test_a_character_is_marked_exactly_when_a_finding_covers_it(
    text: str, found: list[tuple[int, int]]
) -> None:
    runs = runs_of(text, [a_finding(start, end) for start, end in found])

    marked = [run.covered for run in runs for _ in run.text]
    for at, covered in enumerate(marked):
        assert covered == tuple(n for n, (s, e) in enumerate(found, 1) if max(0, s) <= at < e)


@given(st.text(min_size=1, max_size=40), spans)
def test_every_finding_with_words_ends_once(text: str, found: list[tuple[int, int]]) -> None:
    runs = runs_of(text, [a_finding(start, end) for start, end in found])

    with_words = [n for n, (s, e) in enumerate(found, 1) if max(0, s) < min(e, len(text))]
    assert sorted(number for run in runs for number in run.ending) == with_words


@given(st.text(alphabet="ab @#.:/\u200b\n", max_size=40), spans)
def test_what_a_platform_makes_of_the_words_is_signed_and_nothing_is_lost(
    text: str, found: list[tuple[int, int]]
) -> None:
    made = marks(text, PlatformName("x"))
    runs = runs_of(text, [a_finding(start, end) for start, end in found], made)

    signs = [run.sign for run in runs for _ in run.text]
    assert "".join(run.text for run in runs) == text
    for at, sign in enumerate(signs):
        here = [mark.sign.value for mark in made if mark.start <= at < mark.end]
        assert sign == (here[0] if here else "")


def test_only_what_the_platform_makes_a_link_looks_like_one() -> None:
    text = "See https://gov.uk/a and gov.uk/b."

    plain = runs_of(text)
    on_x = runs_of(text, (), marks(text, PlatformName("x")))
    nowhere = runs_of(text, (), ())

    assert [run.text for run in plain if run.look is Look.LINK] == ["https://gov.uk/a"]
    assert [run.text for run in on_x if run.sign] == ["https://gov.uk/a", "gov.uk/b"]
    assert {run.look for run in on_x} == {Look.PLAIN}
    assert [run for run in nowhere if run.sign or run.look is Look.LINK] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a\u200bb", ["zero width space"]),
        ("a\u202eb", ["right-to-left override"]),
        ("a\u00adb", ["soft hyphen"]),
        ("a\u00a0b", ["no-break space"]),
        ("a\tb", ["tab"]),
        ("a\x00b", ["null"]),
        ("a\u3164b", ["hangul filler"]),
        ("a\ufe0fb", ["variation selector-16"]),
        ("a\U000e0041b", ["tag latin capital letter a"]),
        ("a\ue000b", ["u+e000"]),
        ("end\n\n", ["line end", "line end"]),
        ("one\n\ntwo", []),
        ("keycap 1\ufe0f\u20e3 warning \u26a0\ufe0f", []),
        ("family \U0001f468\u200d\U0001f469\u200d\U0001f467", []),
        ("flag \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", []),
        ("accents é e\u0301 and Cymraeg ŵ", []),
    ],
)
def test_what_nobody_can_see_is_named(text: str, names: list[str]) -> None:
    assert [run.name for run in runs_of(text) if run.look is Look.HIDDEN] == names


@pytest.mark.parametrize(
    ("text", "spaces"),
    [("a b", []), ("a  b", ["  "]), (" a", [" "]), ("a ", [" "]), ("a \n b", [" ", " "])],
)
def test_spaces_a_browser_would_swallow_are_marked(text: str, spaces: list[str]) -> None:
    assert [run.text for run in runs_of(text) if run.look is Look.SPACE] == spaces


@pytest.mark.parametrize(
    ("text", "written", "host"),
    [
        ("See https://police.example/a.", "https://police.example/a", "police.example"),
        ("(www.police.example)", "www.police.example", "www.police.example"),
        ("HTTP://POLICE.EXAMPLE/?q=1!", "HTTP://POLICE.EXAMPLE/?q=1", "police.example"),
        (
            "https://police.example@evil.example/",
            "https://police.example@evil.example/",
            "evil.example",
        ),
        ("https://p\u0430ypal.example", "https://p\u0430ypal.example", "xn--pypal-4ve.example"),
        ("https://police.\u200bexample", "https://police", "police"),
        ("https://[::1", "https://[::1", "an address nobody can reach"),
    ],
)
def test_a_link_says_where_it_really_leads(text: str, written: str, host: str) -> None:
    (link,) = links_of(text)

    assert (link.written, link.host) == (written, host)


@pytest.mark.parametrize("text", ["no link", "http://", "www.", "ftp://old.example"])
def test_what_is_no_link_is_none(text: str) -> None:
    assert links_of(text) == ()


def test_the_gravest_finding_comes_first() -> None:
    advice, block, review = (
        a_finding(0, 1, "advise"),
        a_finding(9, 10, "block"),
        a_finding(5, 6, "review"),
    )

    assert gravest_first([advice, block, review]) == (block, review, advice)


def test_an_excerpt_is_one_line_and_ends_between_words() -> None:
    assert excerpt("one\n two   three four", 14) == "one two three …"
    assert excerpt("short\n") == "short"


@pytest.mark.parametrize("piece", ["www.", "http://", "x ", " ", "\n", "\n ", ".,", "\u200b"])
def test_a_huge_text_is_cut_into_runs_without_missing_a_character(piece: str) -> None:
    text = piece * (20_000 // len(piece))

    assert sum(len(run.text) for run in runs_of(text)) == len(text)
