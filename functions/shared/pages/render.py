"""From a view to a page.

The template engine and what serves it is loaded on the first page, not on import, so that a
function that only answers JSON never pays for it.
"""

from functools import cache
from typing import TYPE_CHECKING

from shared.pages import words
from shared.pages.errors import MissingCsrfError, UnknownPageError
from shared.pages.static import address

if TYPE_CHECKING:
    from jinja2 import Environment

    from shared.pages.views import View, Viewer

PAGES_WITH_FORM = frozenset(
    {"new", "approval", "audit", "entry", "form", "incident", "hold", "reminder-form", "settle"}
)


def render(
    name: str, view: "View", *, csrf: str | None = None, viewer: "Viewer | None" = None
) -> str:
    """The whole page. `viewer` is the signed-in person, None on the pages that need none.

    Raises UnknownPageError or MissingCsrfError, which only a programmer can cause.
    """
    from shared.pages.views import VIEW_OF_PAGE  # read in with the first page, as the templates are

    if not isinstance(view, VIEW_OF_PAGE.get(name, ())):
        raise UnknownPageError(f"There is no page {name!r} for a {type(view).__name__}.")
    if csrf is None and (name in PAGES_WITH_FORM or viewer is not None):
        raise MissingCsrfError(f"The page {name!r} has a form and needs a CSRF token.")
    template = _environment().get_template(f"{name}.html")
    page = template.render(view=view, csrf=csrf, viewer=viewer, page=name)
    # Half a surrogate pair can come in through JSON and cannot go out as UTF-8.
    return page.encode("utf-8", "replace").decode("utf-8")


def _web_address(address: str | None) -> str:
    """The address a platform gave us, if it is one a link may lead to; else empty."""
    return address if address and address.startswith(("https://", "http://")) else ""


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from shared.pages import exact
    from shared.pages.carried import carried
    from shared.posts import localtime

    environment = Environment(
        loader=PackageLoader("shared.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        clock=localtime.clock_text,
        moment=localtime.moment_text,
        utc=localtime.utc_text,
        stamp=lambda at: at.isoformat(),
        runs=exact.runs_of,
        links=exact.links_of,
        excerpt=exact.excerpt,
        gravest=exact.gravest_first,
        platform=words.platform_title,
        carried=carried,
        web=_web_address,
    )
    environment.globals.update(
        static=address,
        states=words.STATES,
        outcomes=words.OUTCOMES,
        severities=words.SEVERITIES,
        checked=words.CHECKED,
        choices=words.CHOICES,
        decisions=words.DECISIONS,
        urgencies=words.URGENCIES,
    )
    return environment
