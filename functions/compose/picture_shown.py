"""Fills the pages of pictures and of consents."""

from collections.abc import Iterable
from datetime import date

from compose.picture_forms import acts_on
from compose.shown import size_text
from compose.take_down import Use
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.pages.registry_views import EntryView, Fact, RegistryRow, RegistryView, Way
from shared.posts.consents import Consent, ConsentKind, ConsentState, is_inspector_or_above
from shared.posts.localtime import moment_text
from shared.posts.pictures import Picture

TAGS = {
    ConsentState.WAITING: ("Waits for an inspector", "yellow"),
    ConsentState.GOOD: ("Good", "green"),
    ConsentState.WITHDRAWN: ("Taken back", "red"),
    ConsentState.OVER: ("Over", "grey"),
}


def pictures_view(pictures: Iterable[Picture], cursor: str | None) -> RegistryView:
    """Somebody's pictures, newest first; each leads to a post with it."""
    rows = tuple(
        RegistryRow(
            f"/posts/new?picture={each.picture_id}",
            f"{moment_text(each.at)}, {size_text(each)}",
            "Not to be used" if each.stopped_at else each.content_type.partition("/")[2],
            "red" if each.stopped_at else "blue",
            " ".join(part for part in (each.source, each.credit) if part),
        )
        for each in pictures
    )
    return RegistryView(
        "Your pictures",
        "/pictures",
        rows,
        cursor,
        (
            Way("/pictures/new", "Add a picture"),
            Way("/videos/new", "Add a video"),
            Way("/consents", "Consents"),
        ),
        "You have not added a picture yet.",
    )


def consents_view(
    consents: Iterable[Consent], cursor: str | None, today: date, ways: tuple[Way, ...]
) -> RegistryView:
    """Every consent, newest first."""
    rows = []
    for each in consents:
        tag, colour = TAGS[each.state(today)]
        rows.append(
            RegistryRow(f"/consents/{each.consent_id}", titled(each), tag, colour, each.purpose)
        )
    return RegistryView("Consents", "/consents", tuple(rows), cursor, ways)


def consent_view(consent: Consent, uses: tuple[Use, ...], reader: Person, today: date) -> EntryView:
    """One consent: how it stands, what it was given for, and which posts show those pictures."""
    state = consent.state(today)
    tag, colour = TAGS[state]
    signs = is_inspector_or_above(reader.rank) and consent.obtained_by != reader.person_id
    facts = (
        Fact("What for", (consent.purpose,)),
        Fact("Given", (consent.given_on.isoformat(), *_by_guardian(consent))),
        Fact("Obtained by", (consent.obtained_by,)),
        Fact("Countersigned by", _signed(consent)),
        Fact("Disposed of", (consent.disposed_on.isoformat(),)),
        Fact("Pictures", (str(len(consent.pictures)),)),
        *_back(consent),
        *_posts(uses, reader),
    )
    ways = tuple(
        Way(f"/posts/{use.post.post_id}", f"{use.post.draft.account}, version {use.post.version}")
        for use in uses
        if may(reader, Right.READ_ALL).allowed
    )
    return EntryView(
        titled(consent),
        tag,
        colour,
        facts,
        forms=acts_on(consent, state, may_sign=signs),
        ways=(*_to_delete(consent, uses, reader), *ways),
        notice=_notice(consent, uses),
    )


def _to_delete(consent: Consent, uses: tuple[Use, ...], reader: Person) -> tuple[Way, ...]:
    """The way to take all of them away at once, where somebody took their consent back."""
    out = [f"{use.post.post_id}-{use.post.version}" for use in uses if use.may_be_out]
    if consent.withdrawal is None or not out or not may(reader, Right.ASK_DELETION).allowed:
        return ()
    return (Way(f"/deletions/new?post={','.join(out)}", "Ask for these posts to be deleted"),)


def titled(consent: Consent) -> str:
    """What a consent is called on a page; never by who is shown, but for staff, by their id."""
    return consent.reference if consent.kind is ConsentKind.FORM else consent.consent_id


def _by_guardian(consent: Consent) -> tuple[str, ...]:
    return ("by a parent or guardian",) if consent.guardian else ()


def _signed(consent: Consent) -> tuple[str, ...]:
    if consent.kind is ConsentKind.STAFF:
        return ("Not needed: they agreed themselves",)
    signed = consent.countersigned_at
    return (f"{consent.countersigned_by}, {moment_text(signed)}",) if signed else ()


def _back(consent: Consent) -> tuple[Fact, ...]:
    back = consent.withdrawal
    return (Fact("Taken back", (moment_text(back.at), back.why)),) if back else ()


def _posts(uses: tuple[Use, ...], reader: Person) -> tuple[Fact, ...]:
    if not may(reader, Right.READ_ALL).allowed:
        return ()
    lines = []
    for use in uses:
        where = ", ".join(f"{each.place}: {each.state.value}" for each in use.targets)
        said = f"{use.post.post_id} version {use.post.version}, {use.post.state.value}"
        lines.append(f"{said}. {where}" if where else said)
    return (Fact("Posts with these pictures", tuple(lines)),)


def _notice(consent: Consent, uses: tuple[Use, ...]) -> str:
    out = sum(use.may_be_out for use in uses)
    if consent.withdrawal is None or not out:
        return ""
    return f"To take down: {out}. These posts show people who no longer agree to it."
