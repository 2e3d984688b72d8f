"""The files that pages ask for, named by their content and kept for ever."""

from shared.http.application import Answer
from shared.http.problems import NotFoundError
from shared.pages.static import static

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def static_answer(name: str) -> Answer:
    """The file of this hashed name; NotFoundError."""
    found = static(name)
    if found is None:
        raise NotFoundError("There is no such file.")
    body, content_type = found
    return Answer(body.decode("utf-8"), content_type=content_type, headers=FOR_EVER)
