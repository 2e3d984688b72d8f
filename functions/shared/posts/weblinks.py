"""Where X sees a link: the stretches it shortens, by its published rules, in one pass.

The story: a `_RUN` is a stretch with a dot in it that could hold a domain; `_domain` finds the
longest domain that begins it; `_tail` takes the port, path and query that follow. Every step
looks at a character a fixed number of times, because posts may be hostile: X's own expressions
need a second for a thousand characters of `a.a.a.`, so none of them is used here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shared.posts.domains import longest, top_level_domains

_SPACES = r"\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_DIRECTION = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
_NEVER = r"\uFFFE\uFEFF\uFFFF"
_OUTSIDE = r"!'#%&()*+,\\/:;<=>?@\[\]^{|}~$" + _SPACES + _DIRECTION + _NEVER
_LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_RUN = re.compile(rf"(?<![^{_OUTSIDE}])[^{_OUTSIDE}.]*+\.[^{_OUTSIDE}]++")
_INNER = re.compile(rf"[^{_OUTSIDE}]++")
_LATIN_END = re.compile(rf"[-A-Za-z0-9{_LATIN}]+\Z")
_ALPHANUMERIC = re.compile(r"[0-9A-Za-z]+")
_OTHER = re.compile(r"[^0-9A-Za-z]")
_PUNYCODE = re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE | re.ASCII)
_HTTP = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"https?://\Z", re.IGNORECASE | re.ASCII)

_PATH_CHAR = rf"[A-Za-z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\u2013_~@|&{_LATIN}-]"
_BRACKETS = rf"\((?:{_PATH_CHAR}++|{_PATH_CHAR}*+\({_PATH_CHAR}++\){_PATH_CHAR}*+)\)"
_PATH_END = rf"[A-Za-z\u0400-\u04FF0-9=_#/+{_LATIN}-]"
_PATH = rf"/(?:(?>{_PATH_CHAR}|{_BRACKETS})*{_PATH_END})?+(?:{_BRACKETS})*+"
_QUERY = r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[A-Za-z0-9_&=#/-]"
_TAIL = re.compile(rf"(?::[0-9]++)?({_PATH})?(?:{_QUERY})?")
_SHORTENED = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", re.IGNORECASE | re.ASCII)

_LONGEST_LINK = 4096
_LONGEST_LABEL = 63
_LONGEST_SLUG = 40
_MOST_STARTS = 4
_NOWHERE = (-1, -1)
_NOT_BEFORE = "@$#\uff20\uff03\ufffe\ufeff\uffff"

Span = tuple[int, int]


class Step(NamedTuple):
    """The links of one run, and up to where the text is read."""

    links: list[Span]
    end: int


class Tail(NamedTuple):
    """Whether a path follows a domain, and where port, path and query end."""

    has_path: bool
    end: int


def web_links(text: str, *, bare: bool = True) -> Iterator[Span]:
    """Start and end of each link, in order; `bare` includes addresses without http."""
    for step in steps(text, bare=bare):
        yield from step.links


def steps(text: str, *, bare: bool = True) -> Iterator[Step]:
    """The text run by run, for those who want to stop before its end."""
    run, taken = (0, 0), 0
    following = _next_run if bare else _next_after_scheme
    while "." in text and (run := following(text, run, taken)) != _NOWHERE:
        found = _in_run(text, run, taken, bare=bare)
        step = found or Step([], run[1])
        if step.links or _may_stop(text[step.end : step.end + 1], bare=bare):
            yield step
        if found:
            taken = found.end
            run = (taken, max(taken, run[1])) if bare else (taken, taken)
        elif bare:
            run = (run[1], run[1])


def _may_stop(after: str, *, bare: bool) -> bool:
    """True if what comes after cannot belong to an emoji, a grapheme or a scheme before it."""
    return (after.isascii() and after != ":") or (bare and after.isalpha())


def _next_run(text: str, run: Span, taken: int) -> Span:
    """The next stretch that could hold a domain: what the last link left of its own, or another."""
    start, end = run
    if start == taken and start < end and text.find(".", start, end) >= 0:
        return run
    if start == taken == end and (rest := _INNER.match(text, start)):
        if "." in rest.group():
            return rest.span()
        end = rest.end()
    following = _RUN.search(text, end)
    return following.span() if following else _NOWHERE


def _next_after_scheme(text: str, run: Span, taken: int) -> Span:
    """The next stretch that stands after http:// or https://."""
    position = max(run[0], taken)
    while scheme := _HTTP.search(text, position):
        if rest := _INNER.match(text, scheme.end()):
            return rest.span()
        position = scheme.end()
    return _NOWHERE


def _in_run(text: str, run: Span, taken: int, *, bare: bool) -> Step | None:
    """What one run holds, or None if no domain begins in it."""
    scheme = text.startswith("://", run[0] - len("://")) and _SCHEME.search(
        text, max(taken, run[0] - len("https://")), run[0]
    )
    behind = scheme and _may_follow(text, scheme.start(), taken)
    if scheme and behind and (domain_end := _domain(text, *run)):
        end = _tail(text, domain_end).end
        return Step(_with_scheme(text, scheme.start(), (run[0], domain_end), end), end)
    bare_domain = next(_bare_domains(text, run, taken), None)
    if bare_domain is None:
        return None
    start, domain_end = bare_domain
    has_path, end = _tail(text, domain_end)
    if not bare or (start and text[start - 1] in "-_./"):
        return Step([], end)
    if not _is_valid(text[start:domain_end], end - start + len("https://")):
        return Step([], end)
    links = list(_plain_domains(text, start, domain_end))
    if links and has_path:
        links[-1] = (links[-1][0], end)
    return Step(links, end)


def _bare_domains(text: str, run: Span, taken: int) -> Iterator[tuple[int, int]]:
    """Start and end of the domains that may begin in a run, among the first few letters tried."""
    start = run[0]
    if start == 0 and _may_follow(text, 1, 0) and (end := _domain(text, 1, run[1])):
        yield 1, end
    for _ in range(_MOST_STARTS):
        if _may_follow(text, start, taken) and (end := _domain(text, start, run[1])):
            yield start, end
        other = _OTHER.search(text, start, run[1])
        if not other:
            return
        start = other.end()


def _may_follow(text: str, start: int, taken: int) -> bool:
    """True if what stands before `start`, and belongs to no link, lets one begin there."""
    if start == 0:
        return True
    before = text[start - 1]
    free = start > taken
    return free and before not in _NOT_BEFORE and not (before.isascii() and before.isalnum())


def _tail(text: str, domain_end: int) -> Tail:
    """What follows a domain and belongs to its link."""
    tail = _TAIL.match(text, domain_end)
    return Tail(bool(tail and tail[1]), tail.end() if tail else domain_end)


def _with_scheme(text: str, start: int, domain: Span, end: int) -> list[Span]:
    """The one link that begins with http, or none if X would not have it."""
    if not _is_valid(text[slice(*domain)], end - start):
        return []
    shortened = _SHORTENED.match(text, start, end)
    if not shortened:
        return [(start, end)]
    if len(shortened[1]) > _LONGEST_SLUG:
        return []
    return [(start, shortened.end())]


def _is_valid(domain: str, length: int) -> bool:
    """True if every label fits a name server, none is spelled for one that is not, and the whole
    fits X."""
    if length > _LONGEST_LINK:
        return False
    for label in domain.split("."):
        if len(label) > _LONGEST_LABEL:
            return False
        if unicodedata.normalize("NFKC", label).isascii():
            continue
        if label[:4].lower() == "xn--" or len(label.encode("punycode")) + 4 > _LONGEST_LABEL:
            return False
    return True


def _domain(text: str, start: int, end: int) -> int | None:
    """Where the longest domain that begins at `start` ends, if one does."""
    found, position, sound = None, start, False
    while position < end:
        dot = text.find(".", position, end)
        label_end = end if dot < 0 else dot
        if sound:
            found = _suffix_end(text, position, label_end) or found
        if dot <= position or text[position] in "-_" or text[dot - 1] in "-_":
            break
        if dot - start > _LONGEST_LINK:
            return end  # too long for X, which reads all of it and links none
        sound = text.find("_", position, dot) < 0
        position = dot + 1
    return found


def _suffix_end(text: str, start: int, end: int) -> int | None:
    """Where the top-level domain that begins a label ends, if one does."""
    letters = _ALPHANUMERIC.match(text, start, end)
    if letters:
        sizes: Iterable[int] = (letters.end() - start,)
    else:
        sizes = range(min(longest(), end - start), 1, -1)
    for size in sizes:
        after = text[start + size : start + size + 1]
        if after and (after in "@+-" or (after.isascii() and after.isalnum())):
            continue
        if text[start : start + size].lower() in top_level_domains():
            return start + size
    punycode = _PUNYCODE.match(text, start, end)
    return punycode.end() if punycode else None


def _plain_domains(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a domain that X links without http: Latin letters only."""
    first, found, position = None, None, start
    for label in text[start:end].split("."):
        if first is not None:
            found = _suffix_end(text, position, position + len(label)) or found
        latin = _LATIN_END.search(label)
        if first is None or not latin or latin.start():
            if first is not None and found:
                yield first, found
            first, found = position + latin.start() if latin else None, None
        position += len(label) + 1
    if first is not None and found:
        yield first, found
