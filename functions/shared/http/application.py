"""A Chalice application whose views never see a raw event and never answer with a bare error.

`on` binds a view to a route. A view takes a Call and path parameters and returns an Answer. The
modules that bind views may be named beforehand (`opens`): each is read in when somebody first asks
for one of its paths, so that nobody waits at a cold start for pages they did not ask for.

Errors of the types given to the constructor become problem documents under /v1/ and a page with the
same sentence elsewhere; the cause goes to the log, the sentence to the person.
"""

import gc
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

from chalice.app import Chalice, Request, Response

from shared.http.call import Call
from shared.http.problems import BadRequestError, ProblemError

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

View = Callable[..., "Answer"]
Translate = Callable[[Exception], ProblemError | None]
Page = Callable[[ProblemError], str]

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SAFE_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass(frozen=True)
class Answer:
    """What goes back: `headers` win over the safe ones; nothing is cached unless they say so."""

    body: str | bytes = ""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()


def json_answer(body: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False)
    return Answer(text, status, "application/json", headers)


def see_other(path: str, cookies: tuple[str, ...] = ()) -> Answer:
    """A 303 to another page, so that reloading never repeats a POST."""
    return Answer("", 303, headers={"Location": path}, cookies=cookies)


class Application(Chalice):
    """Chalice, with routes that answer as this module's docstring says."""

    def __init__(self, name: str, translate: Translate, page_of: Page) -> None:
        super().__init__(app_name=name, configure_logs=False)
        self._translate = translate
        self._page_of = page_of
        self._rooms: dict[str, frozenset[str]] = {}
        # What is imported by now stays as long as the process: looking at it in every collection
        # of garbage would cost each cold start a tenth.
        gc.freeze()

    def opens(self, rooms: Mapping[str, Iterable[str]]) -> None:
        """The modules that bind this application's views, each with the paths it binds."""
        self._rooms = {module: frozenset(paths) for module, paths in rooms.items()}

    def open_all(self) -> "Application":
        """With every view bound: for whoever wants to know all routes."""
        for module in self._rooms:
            import_module(module)
        return self

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """A request as API Gateway tells it; Chalice finds the view, and we where it lives."""
        path = (event.get("requestContext") or {}).get("resourcePath")
        for module, paths in self._rooms.items():
            if path in paths:
                import_module(module)
        answer: dict[str, Any] = super().__call__(event, context)
        return answer

    def on(self, path: str, method: str = "GET") -> Callable[[View], View]:
        """Bind a view to one method of one path."""

        def bind(view: View) -> View:
            @wraps(view)
            def answer(**parameters: str) -> Response:
                return self._answer(view, path, parameters)

            self.route(path, methods=[method], content_types=[], name=view.__name__)(answer)
            return view

        return bind

    def _answer(self, view: View, path: str, parameters: dict[str, str]) -> Response:
        try:
            answer = view(self._call(), **parameters)
        except Exception as error:  # noqa: BLE001 - the one place where every error gets an answer
            answer = self._problem(error, path)
        headers: dict[str, Any] = {
            "Cache-Control": "no-store",
            **SAFE_HEADERS,
            **answer.headers,
            "Content-Type": answer.content_type,
        }
        if answer.cookies:
            headers["Set-Cookie"] = list(answer.cookies)
        return Response(answer.body, headers=headers, status_code=answer.status)

    def _call(self) -> Call:
        request = self.current_request
        if request is None:  # chalice sets it before any view runs
            raise BadRequestError("There is no request to read.")
        return Call(
            request.method,
            request.path or "",
            {name.lower(): value for name, value in request.headers.items()},
            dict(request.query_params or {}),
            _body_of(request),
            str((request.context.get("identity") or {}).get("sourceIp") or ""),
        )

    def _problem(self, error: Exception, path: str) -> Answer:
        problem = error if isinstance(error, ProblemError) else self._translate(error)
        if problem is None:
            # The route, never the path: a path may hold the secret of an approval link.
            journal(self.app_name).exception("unforeseen", extra={"route": path})
            problem = ProblemError("Something of ours broke. Nothing was lost; try again.")
        if path.startswith("/v1/"):
            return Answer(problem.body(), problem.status, "application/problem+json")
        return Answer(self._page_of(problem), problem.status)


def _body_of(request: Request) -> bytes:
    try:
        body = request.raw_body
        return body if isinstance(body, bytes) else body.encode("utf-8")
    except ValueError:  # base64 that is none, or half a character
        raise BadRequestError("The body cannot be read; send it again.") from None


@cache
def journal(service: str) -> "Logger":
    """Where a room writes what only we need to know."""
    from aws_lambda_powertools import Logger  # only a fault of ours needs it

    return Logger(service=service)
