"""The local issuer's doors: who you are is chosen here, and the product asks here for tokens.

Whoever chooses before the product has asked is remembered for a minute, as an issuer remembers
whom it has signed in, and sent to the product, which sends them back.
"""

import json
from collections.abc import Callable

from werkzeug.wrappers import Request, Response

from local.issuer import PLACE, IssuerError, LocalIssuer, RefusedGrantError

DOOR = "/local/sign-in"
CHOICE = "local-choice"
REMEMBERED = 60
"""Seconds."""

Page = Callable[..., Response]


class SignInPages:
    """What lies under /local/sign-in and /local/issuer/."""

    def __init__(self, issuer: LocalIssuer, page: Page) -> None:
        self._issuer = issuer
        self._page = page
        self._routes: dict[tuple[str, str], Callable[[Request], Response]] = {
            ("GET", DOOR): self._choose,
            ("POST", DOOR): self._chosen,
            ("GET", f"{PLACE}/.well-known/openid-configuration"): lambda _: _json(
                issuer.description()
            ),
            ("GET", f"{PLACE}/keys"): lambda _: _json(issuer.keys()),
            ("POST", f"{PLACE}/token"): self._token,
        }

    def answer(self, request: Request) -> Response | None:
        """The answer to a request for one of these; None where it is for another page."""
        method = "GET" if request.method == "HEAD" else request.method
        found = self._routes.get((method, request.path))
        return found(request) if found else None

    def _choose(self, request: Request) -> Response:
        asked = dict(request.args.items())
        remembered = request.cookies.get(CHOICE)
        try:
            if asked:
                self._issuer.check(asked)
            if asked and remembered and asked.get("prompt") != "login":
                return _see(self._issuer.grant(asked, remembered), _cookie("", 0))
        except IssuerError as error:
            return self._page("sorry", 422, sentence=str(error))
        people = sorted(self._issuer.people(), key=lambda person: (person.role, person.name))
        return self._page("sign-in", people=people, asked=asked)

    def _chosen(self, request: Request) -> Response:
        asked = {name: value for name, value in request.form.items() if name != "person_id"}
        chosen = request.form.get("person_id", "")
        if chosen not in {person.person_id for person in self._issuer.people()}:
            sentence = "Nobody of that name is in the registry; choose somebody."
            return self._page("sorry", 422, sentence=sentence)
        if not asked:
            return _see("/sign-in", _cookie(chosen, REMEMBERED))
        try:
            return _see(self._issuer.grant(asked, chosen), _cookie("", 0))
        except IssuerError as error:
            return self._page("sorry", 422, sentence=str(error))

    def _token(self, request: Request) -> Response:
        try:
            return _json(self._issuer.redeem(dict(request.form.items())))
        except RefusedGrantError as error:
            return _json({"error": str(error)}, 400)


def _json(body: object, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(json.dumps(body), status, headers, content_type="application/json")


def _see(where: str, cookie: str) -> Response:
    headers = {"Location": where, "Cache-Control": "no-store", "Set-Cookie": cookie}
    return Response(status=303, headers=headers)


def _cookie(chosen: str, seconds: int) -> str:
    return f"{CHOICE}={chosen}; Path={DOOR}; HttpOnly; SameSite=Lax; Max-Age={seconds}"
