"""The check as a whole: what holds of every text, whatever its words."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.policy.check import MOST_FINDINGS, check
from shared.policy.errors import InvalidPackError, NoRulesError
from shared.policy.rules import RULES
from shared.policy.verdict import Severity
from tests.clocks import best_of_three
from tests.unit.policy.candidates import PACK, a_candidate, a_pack, corpus_posts, pack_content

PLATFORMS = ("x", "bluesky", "mastodon", "facebook", "linkedin", "sandbox")
WORDS = [
    *("#tag", "＃Tag", "SECRET.", "S E C R E T", "O-S", "bit.ly/x", "police.uk", "gоv.uk", "dot"),
    *("uk", "https://", "\u200b", "\u0301", "\ufdfa", "½", "👩\u200d👧", "🅾️", "not for", "onward"),
    *("release", "\n", " ", "\ud800", "ﬁ", "e\u0301", "@a@b.example", "[.]", "///a.b.works", "İ"),
]
PIECES = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
TEXTS = st.one_of(st.text(st.characters(codec=None), max_size=400), PIECES)


@given(TEXTS, st.sampled_from(PLATFORMS))
@example("SEC\u200bRET. 🅾️fficial-sensitive \ufdfa bit.ly/½", "x")
@example("\ud800" * 300, "bluesky")
@example("\u200b", "x")
def test_every_text_is_read_and_every_span_holds_words_of_it(text, platform):
    verdict = check(a_candidate(text, platform), PACK)

    for finding in verdict.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end]


@given(PIECES)
def test_the_same_words_get_the_same_verdict(text):
    assert check(a_candidate(text), PACK) == check(a_candidate(text), PACK)


def test_findings_come_in_the_order_of_the_words():
    text = "#a1 #b2 #c3 #d4 then bit.ly/x (SECRET)"

    findings = check(a_candidate(text), PACK).findings

    by_words = {finding.rule: finding.start for finding in reversed(findings)}
    assert (
        by_words["too-many-hashtags"] < by_words["external-link"] < by_words["protective-marking"]
    )
    assert [one.start for one in findings] == sorted(one.start for one in findings)


def test_the_gravest_finding_decides():
    clear = check(a_candidate("The road is open again."), PACK)
    review = check(a_candidate("See crowndrip.example"), PACK)
    blocked = check(a_candidate("OFFICIAL-SENSITIVE: crowndrip.example"), PACK)

    assert [v.outcome for v in (clear, review, blocked)] == ["clear", "review", "blocked"]


def test_a_verdict_names_the_policy_it_was_reached_by():
    assert check(a_candidate("Hello"), PACK).policy_version == PACK.policy_version


def test_no_rules_at_all_are_refused():
    with pytest.raises(NoRulesError):
        check(a_candidate("Hello"), PACK, ())


def test_the_pack_knows_every_rule_and_nothing_but_rules():
    modules = {rule.__module__.rpartition(".")[2].replace("_", "-") for rule in RULES}

    assert modules == set(PACK.rules)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__module__.rpartition(".")[2])
def test_every_rule_cites_its_clause(rule):
    assert "policy.md" in rule.__doc__


def test_a_rule_the_pack_is_silent_on_is_an_invalid_pack():
    rules = {
        name: rule for name, rule in pack_content()["rules"].items() if name != "external-link"
    }

    with pytest.raises(InvalidPackError, match=r"rules\.external-link is missing"):
        check(a_candidate("crowndrip.example"), a_pack(rules=rules))


def test_severity_may_depend_on_who_writes_and_from_where():
    rules = pack_content()["rules"]
    rules["external-link"] |= {"by_role": {"comms": "advise"}, "by_level": {"lpt": "block"}}
    pack = a_pack(rules=rules)
    link = a_candidate("crowndrip.example")

    def weight(**changes):
        return check(replace(link, **changes), pack).findings[0].severity

    assert weight() is Severity.REVIEW
    assert weight(account_level="lpt") is Severity.BLOCK
    assert weight(account_level="lpt", author_role="comms") is Severity.ADVISE


def test_nobody_is_told_of_more_than_he_can_read():
    verdict = check(a_candidate("crowndrip.example " * 100), PACK)

    assert len(verdict.findings) == MOST_FINDINGS


HOSTILE = [
    *(
        "a ",
        "a.b ",
        "a.",
        "a.co ",
        "police.uk ",
        "a[.]b ",
        "a dot uk ",
        "a . b ",
        "www.",
        "https://",
    ),
    *(
        "https://a.co/#a#b ",
        "#a ",
        "##",
        "#a#",
        "SECRET ",
        "secret ",
        "S E C R E ",
        "(confidential",
    ),
    *("O/S ", "O-S ", "not ", "not for ", "do not ", "briefing ", "item 3 ", "\u200b", "e\u0301"),
    *("ѕесrеt ", "\ufdfa", "🇬🇧", "👨\u200d👩\u200d👧", "한국.", "a.com中-.", "one_a at b dot uk "),
    *("contract ", "lowest ", "missing from ", "have you seen ", "#staysafe ", "@a ", "bid was "),
    *("it's ", "_", "-", "\n", "a" + " " * 50, "a@b.", "1.", "\ud800", "’", "½", "official "),
]


@pytest.mark.parametrize("atom", HOSTILE)
def test_four_times_a_hostile_text_costs_about_four_times_the_work(atom):
    short = (atom * 6_000)[:6_000]
    candidates = [a_candidate(text, *PLATFORMS[:3]) for text in (short, short * 4)]

    once, more = (best_of_three(lambda one=one: check(one, PACK)) for one in candidates)

    assert more < 10 * once + 0.002


def test_no_everyday_post_needs_the_costly_library_for_graphemes(monkeypatch):
    def refused():
        raise AssertionError("regex was loaded")

    monkeypatch.setattr("shared.posts.pieces._grapheme", refused)
    monkeypatch.setattr("shared.posts.pieces._emoji", refused)
    short = [post["text"] for post in corpus_posts() if len(post["text"]) < 140]

    for text in short:
        check(a_candidate(text, *PLATFORMS), PACK)
