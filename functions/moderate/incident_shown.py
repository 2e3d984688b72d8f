"""Fills the pages of incidents: from what is on record to what is shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from moderate.sitrep import Sitrep, stopped_at, timing
from shared.accounts.incident import Event, Incident
from shared.pages.incident_views import (
    IncidentRow,
    IncidentView,
    StoppedGroup,
    StoppedRow,
    concerns,
)
from shared.pages.registry_views import Fact, FormView
from shared.posts.content import whole_text
from shared.posts.life import Post, State
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId, PersonId
from shared.records.stopped import Stop

Names = Mapping[PersonId, str]

TOLD = {Event.DECLARED: "Told of it", Event.STOOD_DOWN: "Told it is over"}


def row_of(incident: Incident, names: Names) -> IncidentRow:
    """One line of the list."""
    return IncidentRow(
        incident.incident_id,
        incident.drill,
        concerns(incident),
        names.get(incident.declared_by, incident.declared_by),
        incident.declared_at,
        incident.stood_down_at,
    )


def incident_view(
    incident: Incident,
    names: Names,
    titles: Mapping[AccountId, str],
    *,
    in_full: bool,
    found: Sitrep | None,
    forms: tuple[FormView, ...] = (),
) -> IncidentView:
    """One incident, with what it stopped for whoever may see it."""
    facts = [*_facts(incident, names, titles, in_full=in_full), *_told(incident, names)]
    if found:
        facts += _figures(found)
    groups = _groups(found, titles) if found else None
    return IncidentView(row_of(incident, names), tuple(facts), groups, forms=forms)


def _facts(
    incident: Incident, names: Names, titles: Mapping[AccountId, str], *, in_full: bool
) -> Iterable[Fact]:
    declared_by = names.get(incident.declared_by, incident.declared_by)
    yield Fact("Declared", (f"{declared_by}, {moment_text(incident.declared_at)}",))
    if in_full:
        yield Fact("Why", (incident.why,))
    spared = tuple(titles.get(each, each) for each in sorted(incident.exempt))
    yield Fact("Go on speaking", (*spared, "The force’s own accounts and commanders"))
    if incident.stood_down_at and incident.stood_down_by:
        by = names.get(incident.stood_down_by, incident.stood_down_by)
        yield Fact("Stood down", (f"{by}, {moment_text(incident.stood_down_at)}",))
        if in_full:
            yield Fact("Why it is over", (incident.stood_down_why or "",))


def _told(incident: Incident, names: Names) -> Iterable[Fact]:
    for told in incident.tellings:
        missed = tuple(names.get(each, each) for each in told.undelivered)
        lines = [f"{told.letters} people, {moment_text(told.told_at)}"]
        if missed:
            lines.append(f"Not reached, ring them: {', '.join(missed)}")
        yield Fact(TOLD[told.event], tuple(lines))


def _figures(found: Sitrep) -> Iterable[Fact]:
    yield Fact("Accounts it reaches", (str(len(found.accounts)),))
    timed = timing(found)
    figures = (
        ("In force", timed.board_effective),
        ("First letter", timed.first_letter),
        ("Last letter", timed.last_letter),
        ("Last post stopped", max((seconds for _, seconds in timed.stopped), default=None)),
        ("Stood down", timed.stand_down),
    )
    lines = [f"{name}: {seconds:.1f} s" for name, seconds in figures if seconds is not None]
    yield Fact("After the declaration", tuple(lines))
    flying = found.scene.in_flight if found.scene else ()
    if flying:
        told = (each.name for each in flying)
        yield Fact("Already being sent; look at the platform", tuple(told))


def _groups(found: Sitrep, titles: Mapping[AccountId, str]) -> tuple[StoppedGroup, ...]:
    def stops(group: Iterable[Stop]) -> tuple[StoppedRow, ...]:
        return tuple(_row(s.post, stopped_at(s, found.incident), titles) for s in group)

    return (
        StoppedGroup(
            "Held",
            "They wait for a review, one by one, once it is stood down.",
            stops(found.held),
        ),
        StoppedGroup(
            "Under way, will be held",
            "They wait for approval or are due later; none of them goes out without a review.",
            tuple(_row(post, None, titles) for post in found.queued),
        ),
        StoppedGroup(
            "Refused when they were sent in",
            "Their authors were told why at once.",
            stops(found.blocked),
        ),
        StoppedGroup("Were held, and are decided", "Somebody looked.", stops(found.reviewed)),
    )


def _row(post: Post, at: datetime | None, titles: Mapping[AccountId, str]) -> StoppedRow:
    """A held post leads to its review; any other is read where posts are read."""
    held = post.state is State.HELD
    return StoppedRow(
        post.post_id,
        post.version,
        titles.get(post.draft.account, post.draft.account),
        whole_text(post.draft),
        post.state,
        at or post.submitted_at,
        f"/held/{post.post_id}-{post.version}" if held else f"/posts/{post.post_id}",
    )
