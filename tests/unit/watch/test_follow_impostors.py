"""What people say of impostors: that they met one, what it is, and what came of it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.accounts.registry import Handle, ReservedName, Role
from shared.impostors.case import CaseState, Source
from shared.impostors.errors import InvalidCaseError, NoSuchNameError
from shared.impostors.evidence import opened
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import PlatformName
from tests.builders import NOW, a_person, an_account
from tests.unit.impostors.cases_made import TODAY, in_state
from watch.impostors.follow_case import Report, decide_case, report_case
from watch.impostors.keep_name import keep_name, names_kept
from watch.impostors.tell_impostor import Telling, tell_impostor

X, MASTODON = PlatformName("x"), PlatformName("mastodon")
RAY = a_person("comms-ray", role=Role.COMMS)
LEEK = an_account(
    "leek-npt",
    handles=(Handle(X, "leekpolice", "https://api.x.example"),),
    reserved_names=(ReservedName(X, "LeekPolice1"),),
)
MET = Telling(X, "@leekpo1ice", "https://x.com/leekpo1ice", "Leek", "Ring us")


@dataclass
class Kept:
    """Cases, names and leaves, in memory."""

    cases: dict = field(default_factory=dict)
    days: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)

    def find(self, case, act):
        if case.case_id in self.cases:
            return False
        self.cases[case.case_id] = case
        self.acts.append(act)
        return True

    def get(self, case_id):
        return self.cases[case_id]

    def advance(self, before, after, acts):
        self.cases[before.case_id] = after
        self.acts += acts

    def signed_in(self, keys):
        return {key: self.days[key] for key in keys if key in self.days}

    def keep(self, kept, signed_in, by, at):
        self.days[kept.key] = signed_in
        return replace(kept, signed_in=signed_in)

    @property
    def types(self):
        return [act.type for act in self.acts]


@pytest.fixture
def kept():
    return Kept()


def told(kept, telling=MET):
    return tell_impostor(telling, LEEK, RAY, impostors=kept, now=NOW)


def test_whoever_meets_one_opens_a_case_with_what_they_saw_sealed(kept):
    case = told(kept)

    [act] = kept.acts
    assert (case.source, case.found_by, case.account) == (Source.BY_HAND, RAY.person_id, "leek-npt")
    assert opened(act.personal).handle == "leekpo1ice"
    assert "leekpo1ice" not in str(act.payload)
    assert act.actor == RAY.person_id


def test_what_a_stranger_wrote_is_made_safe_to_keep_by_whichever_way_it_comes(kept):
    told(kept, replace(MET, name="Leek\u202e\nNPT", about="a\x00b\nc"))

    seen = opened(kept.acts[0].personal)
    assert (seen.name, seen.about) == ("Leek NPT", "a\ufffdb\nc")


def test_one_that_is_known_is_led_to_and_one_that_was_gone_is_back(kept):
    case = told(kept)
    assert told(kept) == case
    kept.cases[case.case_id] = replace(case, steps=in_state(CaseState.REMOVED).steps)

    after = told(kept)

    assert after.state is CaseState.IMPOSTOR
    assert after.steps[-1].by == RAY.person_id
    assert kept.types == ["impostor.found", "impostor.came_back"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": PlatformName("feed")}, "platform"),
        ({"handle": " @ "}, "handle"),
        ({"handle": "two words"}, "handle"),
        ({"handle": "@LeekPolice"}, "handle"),
        ({"handle": "leekpolice1"}, "handle"),
        ({"platform": MASTODON, "handle": "leekpo1ice"}, "handle"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "http://x.com/leekpo1ice"}, "url"),
    ],
)
def test_what_cannot_be_one_is_refused_with_the_field(kept, change, field):
    with pytest.raises(InvalidCaseError) as error:
        told(kept, replace(MET, **change))

    assert error.value.field == field
    assert kept.cases == {}


def test_a_case_goes_from_decision_over_report_refusal_and_appeal_to_its_end(kept):
    case, report = told(kept), Report("https://report.example", TODAY, "R-1")
    more = {"impostors": kept, "now": NOW}

    case = decide_case(case, CaseState.IMPOSTOR, "", RAY, **more)
    case = report_case(case, report, RAY, **more)
    case = decide_case(case, CaseState.REFUSED, "They see no breach.", RAY, **more)
    case = report_case(case, report, RAY, **more)
    case = decide_case(case, CaseState.REMOVED, "", RAY, **more)

    assert kept.types[1:] == [
        *("impostor.confirmed", "impostor.reported", "impostor.refused"),
        *("impostor.appealed", "impostor.removed"),
    ]
    assert kept.acts[2].payload["reference"] == "R-1"
    with pytest.raises(UnlawfulStepError):
        report_case(case, report, RAY, **more)


def test_whoever_signs_in_to_a_name_that_we_keep_says_so(kept):
    key = "x#leekpolice1"

    after = keep_name(LEEK, key, TODAY, RAY, names=kept, now=NOW)

    assert names_kept(LEEK, kept) == (after,)
    assert after.due == TODAY + timedelta(days=30)
    for day in (None, TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(InvalidCaseError):
            keep_name(LEEK, key, day, RAY, names=kept, now=NOW)
    with pytest.raises(NoSuchNameError):
        keep_name(LEEK, "x#leekpolice", TODAY, RAY, names=kept, now=NOW)
