"""Colleagues' own accounts are left alone, if they asked for it (policy.md N23)."""

import pytest

from shared.policy.rules.colleagues import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import PACK, a_candidate, a_pack, found, words_found

PACK_WITH_TWO = a_pack(colleagues=["@jo_runs", "@sam.bakes"])

FIRING = [
    ({"text": "Well run @jo_runs!"}, "a mention"),
    ({"text": "@JO_RUNS thanks for asking", "kind": "reply"}, "a reply, in capitals"),
    ({"text": "(@jo_runs)"}, "in brackets"),
    ({"text": "cc @leekcourier, @jo_runs."}, "behind another, before a full stop"),
    ({"text": "Cake by @sam.bakes"}, "a name with a dot"),
    ({"text": "Cake by @sam.bakes."}, "a name with a dot, at the end of a sentence"),
    ({"text": "＠jo_runs see you there"}, "a full-width sign"),
    ({"text": "Ten miles done.", "kind": "reshare", "reshare_of": "@Jo_Runs"}, "a reshare"),
    ({"text": "@jo\u200b_runs hello"}, "a zero-width space within"),
]
NOT_FIRING = [
    ({"text": "Well run @jo_runs_far!"}, "somebody else's longer name"),
    ({"text": "Well run @jo!"}, "somebody else's shorter name"),
    ({"text": "Well run jo_runs!"}, "no mention"),
    ({"text": "Write to jo@jo_runs.example"}, "an e-mail address"),
    ({"text": "@jo_runs@mastodon.example"[9:]}, "the server alone"),
    ({"text": "@StaffsPolice thanks"}, "the force"),
    ({"text": "Ten miles done.", "kind": "reshare", "reshare_of": "@leekcourier"}, "a stranger"),
    ({"text": "@ jo_runs"}, "a sign apart"),
    ({"text": "Road closed."}, "no name at all"),
]


@pytest.mark.parametrize(("changes", "why"), FIRING)
def test_a_colleague_on_the_list_is_left_alone(changes, why):
    found_here = found(a_candidate(**changes), RULE, PACK_WITH_TWO)

    assert [one.severity for one in found_here] == [Severity.ADVISE], why


@pytest.mark.parametrize(("changes", "why"), NOT_FIRING)
def test_everybody_else_may_be_spoken_to(changes, why):
    assert not found(a_candidate(**changes), RULE, PACK_WITH_TWO), why


@pytest.mark.parametrize(("changes", "why"), FIRING)
def test_nobody_is_on_the_list_who_did_not_ask_for_it(changes, why):
    assert not found(a_candidate(**changes), RULE, PACK), why


@pytest.mark.parametrize(("changes", "why"), FIRING)
def test_without_the_name_nothing_is_found(changes, why):
    candidate = a_candidate(**changes)
    one = found(candidate, RULE, PACK_WITH_TWO)[0]
    if candidate.kind == "reshare":
        assert one.suggestion == "Do not reshare it."
        return
    mended = candidate.text[: one.start] + candidate.text[one.end :]

    assert one.suggestion == f"Leave out {candidate.text[one.start : one.end]}."
    assert not found(a_candidate(mended), RULE, PACK_WITH_TWO)


def test_the_name_is_pointed_at():
    assert words_found(a_candidate("Hi @nobody"), RULE) == []
    candidate = a_candidate("Cake by @sam.bakes.")
    one = found(candidate, RULE, PACK_WITH_TWO)[0]

    assert candidate.text[one.start : one.end] == "@sam.bakes"
