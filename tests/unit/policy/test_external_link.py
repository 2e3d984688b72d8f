"""Links to the force's own and a few other sites only (policy.md N03, X01, X02)."""

import pytest

from shared.policy.links import MOST_LINKS
from shared.policy.rules.external_link import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import PACK, a_candidate, a_pack, found, pack_content, words_found

FIRING = [
    ("See https://crowndrip.example now", "https://crowndrip.example", "another site"),
    ("Book: claydays.example/staffs.", "claydays.example/staffs", "no scheme"),
    ("I look on holyislandsands.example and", "holyislandsands.example", "a host in passing"),
    ("www.leek-courier.example", "www.leek-courier.example", "only www"),
    (
        "https://staffordshire.police.uk.report-crime.example/form",
        "https://staffordshire.police.uk.report-crime.example/form",
        "an allowed host as a prefix",
    ),
    ("evilpolice.uk", "evilpolice.uk", "no dot before the allowed host"),
    ("https://police.uk@evil.example/x", "https://police.uk@evil.example/x", "a user's name"),
    ("www.gov.uk@evil.example", "www.gov.uk@evil.example", "a user's name, no scheme"),
    ("https://evil.example\\@gov.uk", "https://evil.example\\@gov.uk", "a browser reads \\ as /"),
    ("https://gov.uk%2eevil.example/", "https://gov.uk%2eevil.example/", "a dot in per cent"),
    ("https://evil.example:443/gov.uk", "https://evil.example:443/gov.uk", "a port, a decoy path"),
    ("https://192.0.2.7/form", "https://192.0.2.7/form", "an address in numbers"),
    ("https://gоv.uk/tax", "https://gоv.uk/tax", "a Cyrillic letter"),
    ("pоlice.uk", "pоlice.uk", "a Cyrillic letter, no scheme"),
    ("https://xn--gv-kmc.uk", "https://xn--gv-kmc.uk", "the same in punycode"),
    ("www.staffordshire-police․example or", "www.staffordshire-police․example", "one dot leader"),
    ("https://police.uk。evil.example", "https://police.uk。evil.example", "an ideographic stop"),
    ("münchen.de", "münchen.de", "an international host"),
    ("https://bit.ly/3qWxyZ7", "https://bit.ly/3qWxyZ7", "shortened"),
    ("tinyurl.com/noscams24", "tinyurl.com/noscams24", "shortened, no scheme"),
    ("look at potholepals dot example slash map", "potholepals dot example slash map", "spoken"),
    ("savethecrossing dot example, now", "savethecrossing dot example", "spoken, no path"),
    ("lockfitters[.]example/cylinders", "lockfitters[.]example/cylinders", "brackets"),
    ("lockfitters (dot) example", "lockfitters (dot) example", "brackets and a word"),
    ("toolswatch . example / midlands, ok", "toolswatch . example / midlands", "spaces"),
    ("hxxps://evil.example/x", "hxxps://evil.example/x", "a disguised scheme"),
    ("evil\u200b.example", "evil\u200b.example", "a zero-width space"),
    ("ＥＶＩＬ．example", "ＥＶＩＬ．example", "full-width letters"),
    ("http://xyz", "http://xyz", "no dot at all"),
    ("пример.рф", "пример.рф", "another script altogether"),
]
NOT_FIRING = [
    ("https://www.staffordshire.police.uk/report", "ours"),
    ("staffordshire.police.uk, or call 101", "ours, no scheme"),
    ("on police.uk.", "a full stop behind"),
    ("https://www.metoffice.gov.uk/weather/warnings", "below gov.uk"),
    ("HTTPS://WWW.GOV.UK/Tax", "capitals"),
    ("(https://www.gov.uk/tax), then", "brackets"),
    ("https://www.gov.uk:443/tax?x=1#y", "port, query, fragment"),
    ("https://user@www.gov.uk/", "a user's name before our host"),
    ("https://www.gov.uk./tax", "a full stop that DNS allows"),
    ("https://www.crimestoppers-uk.org/give-information", "Crimestoppers"),
    ("police dot uk, then crime prevention", "spoken, allowed"),
    ("watch@staffordshire.police.uk or jo.bloggs@funmail.example", "e-mail addresses"),
    ("andre underscore bowes seventy-one at quickpost dot example.", "an e-mail address, spoken"),
    ("tean dot npt at staffordshire dot police dot uk", "another"),
    ("@stone.bsky.social and @leek@mastodon.example", "handles"),
    ("until 5.30pm.Please use the bypass", "a missing space"),
    ("The road is shut.It opens at six.So wait.", "two more"),
    ("updated to v2.1.7, plan_v2.3.pdf, ladies.pdf", "versions and files"),
    ("///gravy.lantern.works", "three words for a place"),
    ("a.m. and p.m., e.g. St.Ives, i.e. U.K. and U.S.A.", "abbreviations"),
    ("a polka dot pink dress; dot 7 by the rank; on the dot", "dots that are words"),
    ("£1.50.Tickets at 10.am", "money and times"),
    ("police.uk\u200b/x", "a zero-width space in our host's address"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "link", "why"), FIRING)
def test_an_address_elsewhere_is_pointed_at(text, link, why):
    assert words_found(a_candidate(text), RULE) == [link], why


@pytest.mark.parametrize(("text", "why"), NOT_FIRING)
def test_an_allowed_address_and_what_is_no_address_may_stay(text, why):
    assert words_found(a_candidate(text), RULE) == [], why


@pytest.mark.parametrize(("text", "link", "why"), FIRING)
def test_without_the_address_nothing_is_found(text, link, why):
    assert not found(a_candidate(text.replace(link, "our site")), RULE), why


def test_a_reshare_of_a_senior_account_may_carry_any_link():
    candidate = a_candidate("https://relief.example", kind="reshare", reshare_of="@burtonlptcmdr")

    assert not found(candidate, RULE)


@pytest.mark.parametrize(
    ("kind", "reshare_of"),
    [
        ("reshare", "@leekcourier"),
        ("reshare", "@StaffordLPT"),
        ("reshare", "@BurtonLPTCmdr_"),
        ("reshare", "@BurtоnLPTCmdr"),
        ("reshare", None),
        ("original", "@BurtonLPTCmdr"),
        ("reply", "@BurtonLPTCmdr"),
    ],
)
def test_nobody_else_lends_his_rank_to_a_link(kind, reshare_of):
    candidate = a_candidate("https://relief.example", kind=kind, reshare_of=reshare_of)

    assert found(candidate, RULE)


def test_the_registry_may_name_more_senior_accounts():
    candidate = a_candidate("https://relief.example", kind="reshare", reshare_of="@NewCmdr")

    assert not found(candidate, RULE, PACK.with_senior(["@NewCmdr"]))


def test_a_level_may_be_allowed_more():
    hosts = {**pack_content()["hosts"], "corporate": ["partners.example"]}
    pack = a_pack(hosts=hosts)

    assert not found(a_candidate("www.partners.example", account_level="corporate"), RULE, pack)
    assert found(a_candidate("www.partners.example", account_level="lpt"), RULE, pack)


def test_a_shortened_link_says_why_and_what_instead():
    finding = found(a_candidate("bit.ly/x"), RULE)[0]

    assert finding.message == "bit.ly is a shortened link: nobody can see where it goes."
    assert "staffordshire.police.uk" in finding.suggestion


def test_a_force_may_weigh_shortened_links_more_than_others():
    rules = pack_content()["rules"]
    rules["external-link"]["by_case"] = {"shortened": "block"}
    pack = a_pack(rules=rules)

    weights = [one.severity for one in found(a_candidate("bit.ly/x or a.example"), RULE, pack)]

    assert weights == [Severity.BLOCK, Severity.REVIEW]


@pytest.mark.parametrize("host", ["gоv.uk", "gov.uk.tax-refund.example"])
def test_an_imitation_is_called_one(host):
    finding = found(a_candidate(f"https://{host}"), RULE)[0]

    assert finding.message == f"{host} is not gov.uk, though it looks like it."
    assert finding.suggestion == "If you mean the real site, type gov.uk."


def test_a_link_asks_for_a_second_person_and_does_not_block():
    assert found(a_candidate("crowndrip.example"), RULE)[0].severity is Severity.REVIEW


def test_more_addresses_than_anyone_reads_are_themselves_a_finding():
    text = "police.uk " * (MOST_LINKS + 1) + "crowndrip.example"

    assert "more than" in found(a_candidate(text), RULE)[0].message
