"""The stack's own pages: who you are, what was mailed, what was published, what time it is."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from werkzeug.test import Client

from local.clock import Clock
from local.force import PEOPLE
from local.issuer import LocalIssuer
from local.mail_faults import FAULTS, Fate
from local.pages import House, Pages
from local.sandbox import Posted

ON_THIS_MACHINE = {"base_url": "http://127.0.0.1:8080"}


def a_mail(html='<p>Read <a href="http://127.0.0.1:8080/approvals/x">it</a></p>'):
    mail = EmailMessage()
    mail["From"] = "Bluelamp <approvals@small.example>"
    mail["To"] = "comms@small.example"
    mail["Subject"] = "Approval <needed> · code A1B2"
    mail["Date"] = datetime(2026, 3, 1, 12, tzinfo=UTC)
    mail.set_content("Read it: http://127.0.0.1:8080/approvals/x")
    mail.add_alternative(html, subtype="html")
    return mail


def a_post(account, text):
    return Posted(
        post_id="1",
        account=account,
        text=text,
        reference="r",
        language="en-GB",
        kind="original",
        about=None,
        pictures=(),
        created_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )


def an_asking():
    """What the product sends along when it asks for somebody."""
    return {
        "client_id": "bluelamp-local",
        "redirect_uri": "http://127.0.0.1:8080/sign-in/callback",
        "response_type": "code",
        "scope": "openid email",
        "state": "a-state",
        "nonce": "a-nonce",
        "code_challenge": "a-challenge",
        "code_challenge_method": "S256",
    }


class Browser(Client):
    """Visits the pages of a house with some people, mails and posts in it."""

    def __init__(self, people=PEOPLE, mails=(), posts=()):
        self.clock = Clock()
        url = ON_THIS_MACHINE["base_url"]
        self.issuer = LocalIssuer(url, self.clock.now, lambda: people)
        house = House(clock=self.clock, mails=mails, posts=lambda: posts, issuer=self.issuer)
        super().__init__(Pages(house), use_cookies=True)

    def see(self, path):
        return self.get(path, **ON_THIS_MACHINE)

    def press(self, path, headers=None, **form):
        return self.post(path, data=form, headers=headers, **ON_THIS_MACHINE)


def test_everybody_can_be_chosen_by_role():
    page = Browser().see("/local/sign-in").text

    assert all(person.name in page for person in PEOPLE)
    assert 'id="auditor"' in page


def test_choosing_somebody_before_the_product_asked_leads_there_and_is_remembered_once():
    browser = Browser()

    answer = browser.press("/local/sign-in", person_id="p-comms")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "p-comms" in answer.headers["Set-Cookie"]
    sent_back = browser.get("/local/sign-in", query_string=an_asking(), **ON_THIS_MACHINE)
    assert sent_back.status_code == 303
    assert "/sign-in/callback?code=" in sent_back.headers["Location"]
    again = browser.get("/local/sign-in", query_string=an_asking(), **ON_THIS_MACHINE)
    assert again.status_code == 200


def test_choosing_somebody_when_the_product_asked_sends_back_a_code_and_its_state():
    answer = Browser().press("/local/sign-in", person_id="p-comms", **an_asking())

    assert answer.status_code == 303
    where, _, query = answer.headers["Location"].partition("?")
    assert where == "http://127.0.0.1:8080/sign-in/callback"
    assert "state=a-state" in query


@pytest.mark.parametrize("asked", [{}, {"state": "a-state"}, "all"])
def test_nobody_can_sign_in_as_a_stranger(asked):
    asked = an_asking() if asked == "all" else asked

    answer = Browser().press("/local/sign-in", person_id="p-nobody", **asked)

    assert answer.status_code == 422
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://elsewhere.example/"},
        {"client_id": "another"},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
        {"state": ""},
        {"scope": "email"},
    ],
)
def test_a_request_the_product_would_not_make_sends_nobody_anywhere(wrong):
    asked, browser = {**an_asking(), **wrong}, Browser()

    shown = browser.get("/local/sign-in", query_string=asked, **ON_THIS_MACHINE)
    pressed = browser.press("/local/sign-in", person_id="p-comms", **asked)

    assert (shown.status_code, pressed.status_code) == (422, 422)
    assert "Location" not in pressed.headers


def test_looking_at_the_sign_in_page_signs_nobody_in():
    answer = Browser().see("/local/sign-in?person_id=p-comms")

    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers


def test_an_empty_registry_says_so():
    assert "nobody has been seeded" in Browser(people=()).see("/local/sign-in").text


def test_the_mailbox_lists_the_newest_first_and_escapes_subjects():
    later = a_mail()
    later.replace_header("Subject", "Later")

    page = Browser(mails=[a_mail(), later]).see("/local/mailbox").text

    assert page.index("Later") < page.index("Approval &lt;needed&gt;")


def test_a_mail_shows_its_text_with_links_and_its_html_in_a_frame():
    page = Browser(mails=[a_mail()]).see("/local/mailbox/0").text

    assert '<a href="http://127.0.0.1:8080/approvals/x"' in page
    assert 'src="/local/mailbox/0/html"' in page
    assert 'sandbox="' in page


def test_a_mails_html_runs_no_script_and_loads_nothing():
    answer = Browser(mails=[a_mail("<script>steal()</script>")]).see("/local/mailbox/0/html")

    policy = answer.headers["Content-Security-Policy"]
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer.text.startswith('<base target="_top">')


@pytest.mark.parametrize("path", ["/local/mailbox/7", "/local/mailbox/7/html", "/local/nowhere"])
def test_what_is_not_there_is_said_so(path):
    assert Browser().see(path).status_code == 404


def test_the_sandbox_shows_posts_by_account():
    page = Browser(posts=[a_post("@leek", "Lost <dog>"), a_post("@force", "Found")])

    text = page.see("/local/sandbox").text

    assert text.index("@force") < text.index("Found") < text.index("@leek")
    assert "Lost &lt;dog&gt;" in text


def test_an_address_is_told_to_bounce_and_the_page_says_so():
    browser = Browser()
    try:
        answer = browser.press("/local/mailbox/fates", address=" Ray@force.example ", fate="bounce")

        assert (answer.status_code, answer.headers["Location"]) == (303, "/local/mailbox")
        assert FAULTS.of("ray@FORCE.example") is Fate.BOUNCE
        assert "ray@force.example: bounce" in browser.see("/local/mailbox").text
    finally:
        FAULTS.clear()


@pytest.mark.parametrize(("address", "fate"), [("ray", "bounce"), ("", "bounce"), ("r@f", "burn")])
def test_an_odd_fate_is_refused_and_changes_nothing(address, fate):
    answer = Browser().press("/local/mailbox/fates", address=address, fate=fate)

    assert answer.status_code == 422
    assert FAULTS.all() == {}


def test_the_clock_is_turned_by_hours():
    browser = Browser()

    answer = browser.press("/local/clock", hours="2.5")

    assert (answer.status_code, browser.clock.offset) == (303, timedelta(hours=2.5))


@pytest.mark.parametrize("hours", ["-1", "0", "nan", "inf", "soon", "", "99999"])
def test_a_turn_that_makes_no_sense_is_refused(hours):
    browser = Browser()

    assert browser.press("/local/clock", hours=hours).status_code == 422
    assert browser.clock.offset == timedelta()


def test_another_web_site_cannot_press_buttons():
    browser = Browser()

    answer = browser.press("/local/clock", headers={"Sec-Fetch-Site": "cross-site"}, hours="1")

    assert (answer.status_code, browser.clock.offset) == (403, timedelta())


def test_another_host_name_is_refused():
    answer = Browser(mails=[a_mail()]).get("/local/mailbox", base_url="http://evil.example:8080")

    assert answer.status_code == 403
    assert "Approval" not in answer.text


def test_a_page_takes_only_its_own_methods():
    answer = Browser().press("/local/mailbox")

    assert (answer.status_code, "takes only GET" in answer.text) == (405, True)


def test_feeds_are_served_as_the_edge_would_serve_them():
    clock, feeds = Clock(), {"stoke/rss.xml": (b"<rss/>", "application/rss+xml; charset=utf-8")}
    issuer = LocalIssuer(ON_THIS_MACHINE["base_url"], clock.now, lambda: PEOPLE)
    pages = Client(Pages(House(clock, [], list, issuer, feeds.get)))

    found = pages.get("/local/feeds/stoke/rss.xml", **ON_THIS_MACHINE)
    nothing = pages.get("/local/feeds/stoke/atom.xml", **ON_THIS_MACHINE)

    assert (found.data, found.mimetype) == (b"<rss/>", "application/rss+xml")
    assert "default-src 'none'" in found.headers["Content-Security-Policy"]
    assert nothing.status_code == 404
    assert "website feed" in nothing.text
