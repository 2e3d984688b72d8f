"""A page for somebody who is signed in, as every room behind sign-in shows one."""

from typing import TYPE_CHECKING

from shared.http.application import Answer
from shared.identity.visitor import Visitor

if TYPE_CHECKING:
    from shared.pages.views import View


def page_for(name: str, view: "View", guest: Visitor, form: str, status: int = 200) -> Answer:
    """The page; its forms carry a token for the purpose `form`."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.viewer import viewer_of

    viewer = viewer_of(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(form), viewer=viewer), status)
