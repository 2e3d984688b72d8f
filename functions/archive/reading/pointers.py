"""Fields of a record by JSON Pointer (RFC 6901): what stands there, or something in its place.

`*` as a name stands for every name, so `/payload/findings/*/message` is several fields.
"""

from collections.abc import Iterator, Mapping, Sequence

from shared.recordlog.canonical import JSON

EVERY = "*"


class BadPointerError(Exception):
    """A text that is no pointer."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:60]!a} is no pointer to a field. Write it as /payload/text.")
        self.text = text


def names_in(pointer: str) -> tuple[str, ...]:
    """The names on the way to a field; BadPointerError."""
    if not pointer.startswith("/"):
        raise BadPointerError(pointer)
    return tuple(_unescaped(name) for name in pointer[1:].split("/"))


def pointer_of(names: Sequence[str | int]) -> str:
    """The pointer that goes this way."""
    return "".join(f"/{str(name).replace('~', '~0').replace('/', '~1')}" for name in names)


def fields_of(value: JSON, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str, JSON]]:
    """Every field that holds no others, by its pointer; an empty list or object is one."""
    children = list(_children(value))
    if not children:
        yield pointer_of(way), value
    for name, child in children:
        yield from fields_of(child, (*way, name))


def places(
    value: JSON, names: Sequence[str], way: tuple[str | int, ...] = ()
) -> Iterator[tuple[str, JSON]]:
    """Every place that the names lead to, by its own pointer, with what stands there."""
    if not names:
        yield pointer_of(way), value
        return
    first, *rest = names
    for name, child in _children(value):
        if first in (EVERY, str(name)):
            yield from places(child, rest, (*way, name))


def replaced(value: JSON, instead: Mapping[str, JSON], way: tuple[str | int, ...] = ()) -> JSON:
    """The value with something else at each of these pointers, and everywhere else the same."""
    pointer = pointer_of(way)
    if pointer in instead:
        return instead[pointer]
    if isinstance(value, Mapping):
        return {name: replaced(child, instead, (*way, name)) for name, child in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [replaced(child, instead, (*way, n)) for n, child in enumerate(value)]
    return value


def _children(value: JSON) -> Iterator[tuple[str | int, JSON]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from enumerate(value)


def _unescaped(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")
