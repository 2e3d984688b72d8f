"""What can be wrong with showing a page.

PageError
├── UnknownPageError    no page of that name, or a view that is not that page's
├── MissingCsrfError    a page with a form was asked for without its CSRF token
└── StaticFileError     the built static files are missing or not what the manifest says
"""


class PageError(Exception):
    """Root of everything that is a programmer's mistake about pages; no reader can cause one."""


class UnknownPageError(PageError):
    """There is no such page, or it is not filled with such a view."""


class MissingCsrfError(PageError):
    """The page has a form, and a form without a CSRF token would be refused when sent."""


class StaticFileError(PageError):
    """A page names a static file that was not built; run the asset build."""
