"""The centre and the web team settle drifts; what was seen first only the web team confirms."""

import pytest

from moderate.drift_case import DriftCase
from moderate.drift_shapes import drift_shape, finding_in, whole_drift_shape
from moderate.drift_shown import drift_view
from moderate.incident_errors import MayNotActError
from moderate.settle_drift import close_drift, take_on
from shared.accounts.registry import Role
from shared.drift.drift import Cause, Drift, Finding, Kind, drift_name, mark_of
from shared.http.problems import InvalidFieldsError
from shared.posts.names import AccountId, LeafId, PlatformName
from tests.builders import NOW, a_person, an_account

MASTODON = PlatformName("mastodon")
CENTRE = a_person("comms-ray", role=Role.COMMS)
REGISTRAR = a_person("web-ann", role=Role.REGISTRAR)
OFFICER = a_person("pc-okafor")
OURS = Finding(Cause.OURS, "A new name.", "PC 1234")
WORDS = {"before": "Riverside", "after": "Free\ncoins"}


def a_drift(kind=Kind.NAME):
    mark = mark_of(kind, "x")
    account = AccountId("riverside")
    name = drift_name(account, MASTODON, mark, NOW)
    return Drift(name, account, MASTODON, kind, mark, LeafId("l"), NOW)


class Drifts:
    """What was written."""

    def __init__(self):
        self.acts = []

    def change(self, _before, _after, act):
        self.acts.append(act)


@pytest.mark.parametrize("by", [CENTRE, REGISTRAR])
def test_the_centre_and_the_web_team_take_a_drift_on_and_close_it(by):
    drifts = Drifts()
    taken = take_on(a_drift(), by, drifts=drifts, now=NOW)
    closed = close_drift(taken, OURS, by, drifts=drifts, now=NOW)

    assert (closed.acknowledged.by, closed.closed.by) == (by.person_id, by.person_id)
    assert [act.type for act in drifts.acts] == ["drift.acknowledged", "drift.closed"]
    assert drifts.acts[1].payload["who"] == "PC 1234"


@pytest.mark.parametrize(("by", "kind"), [(OFFICER, Kind.NAME), (CENTRE, Kind.FIRST)])
def test_nobody_else_does_and_what_was_seen_first_the_centre_does_not_confirm(by, kind):
    for deed in (
        lambda: take_on(a_drift(kind), by, drifts=None, now=NOW),
        lambda: close_drift(a_drift(kind), OURS, by, drifts=None, now=NOW),
    ):
        with pytest.raises(MayNotActError):
            deed()


def test_words_that_were_erased_are_said_to_be_and_stand_nowhere():
    case = DriftCase(a_drift(), an_account())

    assert whole_drift_shape(case)["said"] is None
    assert "It was erased" in str(drift_view(case, CENTRE).facts)


def test_a_page_shows_both_wordings_line_by_line_and_the_list_neither():
    case = DriftCase(a_drift(), an_account(), WORDS)
    facts = {fact.name: fact.lines for fact in drift_view(case, CENTRE).facts}

    assert facts["What stood there before"] == ("Riverside",)
    assert facts["What stands there"] == ("Free", "coins")
    assert "coins" not in str(drift_shape(case.drift))


def test_who_may_not_settle_it_gets_no_form():
    assert drift_view(DriftCase(a_drift(), an_account(), WORDS), OFFICER).forms == ()


def test_what_somebody_says_is_read_field_by_field():
    assert finding_in({"cause": "ours", "why": "So.", "who": "PC 1"}) == Finding(
        Cause.OURS, "So.", "PC 1"
    )
    with pytest.raises(InvalidFieldsError):
        finding_in({"cause": "thief", "why": ""})


@pytest.mark.parametrize(("reader", "leads_there"), [(CENTRE, True), (OFFICER, False)])
def test_whoever_may_open_it_is_led_to_where_the_account_is_suspended(reader, leads_there):
    ways = drift_view(DriftCase(a_drift(), an_account(), WORDS), reader).ways

    assert ("/registry/accounts/riverside" in {way.address for way in ways}) is leads_there


def test_a_post_by_hand_has_a_link_that_says_where_it_stands():
    words = {"after": "Road open.", "url": "https://social.example/@riverside/9"}
    ways = drift_view(DriftCase(a_drift(Kind.POST), an_account(), words), OFFICER).ways

    [enter] = [way.address for way in ways if way.address.startswith("/posts/afterwards?")]
    assert "account=riverside&platform=mastodon&url=https%3A%2F%2Fsocial.example" in enter
