"""What the public may ask without signing in: is this account really ours (A14, R8)?

A name is looked up as a reader takes it, look-alike letters folded, and then compared to the
letter: what only passes for one of ours is told to be none.
"""

from string import ascii_lowercase, ascii_uppercase

from register.room import app, room
from register.shapes import genuine_shape
from shared.accounts.handles import LONGEST, folded
from shared.accounts.registry import Account, AccountKind, AccountStatus
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.pages.registry_views import GenuineName, GenuineRow, GenuineView
from shared.pages.render import render
from shared.pages.words import PLATFORMS
from shared.posts.names import PlatformName
from shared.records.errors import NotFoundError

PAGE = 50
MINUTES = {"Cache-Control": "public, max-age=300"}
ANYBODY = {
    **MINUTES,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
GENUINE, ALIKE, UNKNOWN = "genuine", "alike", "unknown"


@app.on("/accounts")
def genuine_page(call: Call) -> Answer:
    """The force's genuine accounts, and whether a name is one of them."""
    asked = call.query.get("name", "").strip()[:LONGEST]
    if asked:
        verdict, found = _looked_up(asked)
        view = GenuineView(tuple(map(_row, found)), asked=asked, verdict=verdict)
    else:
        page = room().accounts.page(PAGE, call.query.get("cursor"))
        view = GenuineView(tuple(map(_row, filter(_is_public, page.entries))), page.cursor)
    return Answer(render("genuine", view), headers=MINUTES)


@app.on("/v1/public/accounts")
def genuine_api(call: Call) -> Answer:
    """The force's genuine accounts, for anybody; with `name`, whether that is one of them."""
    asked = call.query.get("name", "").strip()[:LONGEST]
    if asked:
        verdict, found = _looked_up(asked)
        body = {"accounts": [genuine_shape(a) for a in found], "next": None, "verdict": verdict}
        return json_answer(body, 200, **ANYBODY)
    page = room().accounts.page(PAGE, call.query.get("cursor"))
    shapes = [genuine_shape(account) for account in page.entries if _is_public(account)]
    return json_answer({"accounts": shapes, "next": page.cursor}, 200, **ANYBODY)


def _is_public(account: Account) -> bool:
    return account.status is AccountStatus.ACTIVE and account.kind is not AccountKind.INTERNAL_ONLY


def _looked_up(asked: str) -> tuple[str, tuple[Account, ...]]:
    """What a name is, and the accounts that speak under it or under what it passes for."""
    key, found = folded(asked), {}
    for platform in map(PlatformName, PLATFORMS) if key else ():
        holder = room().accounts.holder(platform, asked)
        if holder is None:
            continue
        try:
            account = room().accounts.get(holder)
        except NotFoundError:
            continue
        named = account.handle(platform)
        if _is_public(account) and named and folded(named.name) == key:
            found[account.account_id] = account
    names = {_plain(each.name) for account in found.values() for each in account.handles}
    if not found:
        return UNKNOWN, ()
    return (GENUINE if _plain(asked) in names else ALIKE), tuple(found.values())


def _plain(name: str) -> str:
    # Only the 26 letters: other capitals may become letters that they merely look like.
    return name.translate(LOWER).lstrip("@")


def _row(account: Account) -> GenuineRow:
    names = tuple(GenuineName(each.platform, each.name) for each in account.handles)
    return GenuineRow(account.title, account.area, account.purpose, account.force_page, names)
