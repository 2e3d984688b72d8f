"""A real browser keeps the session the local sign-in page gives it, and reads mails safely."""

from email.message import EmailMessage
from urllib.parse import urlencode

import pytest
from werkzeug.wrappers import Request, Response

from local.clock import Clock
from local.force import PEOPLE
from local.issuer import CLIENT_ID, LocalIssuer
from local.listening import Listener
from local.pages import House, Pages
from shared.identity.session import session_cookie

pytestmark = pytest.mark.pages

ASKED = {
    "client_id": CLIENT_ID,
    "response_type": "code",
    "scope": "openid email",
    "state": "a-state",
    "nonce": "a-nonce",
    "code_challenge": "a-challenge",
    "code_challenge_method": "S256",
}


def a_mail(link):
    mail = EmailMessage()
    mail["To"] = "comms@small.example"
    mail["Subject"] = "Approval needed"
    mail.set_content(f"Read it: {link}")
    html = f'<p><a href="{link}">Read it and decide</a></p><script>document.title="stolen"</script>'
    mail.add_alternative(html, subtype="html")
    return mail


def see(where, cookie=None):
    answer = Response(status=303, headers={"Location": where})
    if cookie:
        answer.headers["Set-Cookie"] = cookie
    return answer


@pytest.fixture
def url():
    """The pages, and beside them a product that says which cookies it was sent."""
    listener = Listener()
    clock = Clock()
    house = House(
        clock=clock,
        mails=[a_mail(f"{listener.url}/approvals/x")],
        posts=list,
        issuer=LocalIssuer(listener.url, clock.now, lambda: PEOPLE),
    )
    pages = Pages(house)

    def serve(environ, start_response):
        request = Request(environ)
        if request.path.startswith("/local/"):
            return pages(environ, start_response)
        if request.path == "/sign-in":
            asked = {**ASKED, "redirect_uri": f"{listener.url}/sign-in/callback"}
            return see(f"/local/sign-in?{urlencode(asked)}")(environ, start_response)
        if request.path == "/sign-in/callback":
            grant = house.issuer._grants[request.args["code"]]
            cookie = session_cookie(f"token-of-{grant.person.person_id}")
            return see("/posts", cookie)(environ, start_response)
        said = f"cookie: {request.cookies.get('__Host-session', 'none')}"
        return Response(said)(environ, start_response)

    listener.serve(serve)
    yield listener.url
    listener.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(20_000)
    yield page
    page.close()


def test_the_browser_keeps_the_session_over_plain_http_on_this_machine(page, url):
    page.goto(f"{url}/local/sign-in")

    page.get_by_role("button", name="Dilys Penhale").click()
    page.wait_for_url(f"{url}/posts")
    page.goto(f"{url}/approvals")

    assert page.inner_text("body") == "cookie: token-of-p-comms"


def test_a_mail_runs_no_script_and_its_link_opens_the_page(page, url):
    page.goto(f"{url}/local/mailbox")
    page.get_by_role("link", name="Approval needed").click()
    mail = page.frame_locator("iframe")

    assert "stolen" not in page.title()
    mail.get_by_role("link", name="Read it and decide").click()
    page.wait_for_url(f"{url}/approvals/x")

    assert page.inner_text("body") == "cookie: none"


def test_nothing_on_the_pages_is_blocked_by_their_own_policy(page, url):
    said = []
    page.on("console", lambda message: said.append(message.text))

    for path in ("/local/", "/local/sign-in", "/local/mailbox", "/local/sandbox", "/local/clock"):
        page.goto(f"{url}{path}")

    assert [text for text in said if "Content Security Policy" in text] == []
