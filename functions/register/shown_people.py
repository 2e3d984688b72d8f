"""Fills the registry's pages of people."""

from collections.abc import Iterable
from datetime import date

from register.leavers import Named, Outcome
from register.shown import ACCOUNTS, COLOURS, PEOPLE, history
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.accounts.training import due
from shared.pages.registry_views import EntryView, Fact, FormView, RegistryRow, RegistryView, Way


def people_view(
    people: Iterable[Person], cursor: str | None, reader: Person, today: date
) -> RegistryView:
    """A part of everybody; names only for the centre."""
    names = may(reader, Right.SEE_NAMES).allowed
    ways = [Way(ACCOUNTS, "Accounts")]
    if may(reader, Right.KEEP_PEOPLE).allowed:
        ways += [Way("/registry/people/new", "Enter somebody"), Way("/registry/leavers", "Leavers")]
    rows = tuple(
        RegistryRow(
            f"/registry/people/{person.person_id}",
            person.name if names else person.person_id,
            person.status.value.capitalize(),
            COLOURS[person.status.value],
            person.role.value.replace("_", " ")
            + (", training due" if due(person.training, today) else ""),
        )
        for person in people
    )
    return RegistryView("People", PEOPLE, rows, cursor, tuple(ways))


def person_view(
    person: Person,
    today: date,
    forms: tuple[FormView, ...],
    ways: tuple[Way, ...],
    *,
    names: bool,
) -> EntryView:
    """One person's entry."""
    accepted, missing = person.acceptance, due(person.training, today)
    private = (
        (
            Fact("Work e-mail", (person.email,)),
            Fact("Mobile", (person.mobile,)),
        )
        if names
        else ()
    )
    facts = (
        Fact("Short name", (person.person_id,)),
        *private,
        Fact("Role", (person.role.value.replace("_", " "),)),
        Fact("Approvals", _approvals(person)),
        Fact("Trained", tuple(f"{_words(each.topic)}: {each.on}" for each in person.training)),
        Fact("Training due", tuple(_words(topic) for topic in missing)),
        Fact("Accepted", (f"{accepted.version} on {accepted.on}",) if accepted else ()),
        Fact(
            "Leave",
            tuple(
                f"{each.first_day} to {each.last_day}, cover: {each.cover or 'nobody'}"
                for each in person.leave
            ),
        ),
    )
    status = person.status.value
    title = person.name if names else person.person_id
    return EntryView(
        title, status.capitalize(), COLOURS[status], facts, history(person.history, {}), forms, ways
    )


def _approvals(person: Person) -> tuple[str, ...]:
    """Their place on the rota, whether they are senior, and whom they handed over to."""
    place = () if person.duty is None else (f"place {person.duty} on the rota",)
    senior = ("senior approver",) if person.senior else ()
    handed = (
        f"{each.first_day} to {each.last_day}, asked instead: {each.to}"
        for each in person.delegations
    )
    return (*place, *senior, *handed)


def leavers_view(outcome: Outcome, *, dry_run: bool) -> EntryView:
    """What became, or would become, of a leaver file."""

    def lines(found: Iterable[Named]) -> tuple[str, ...]:
        return tuple(f"line {each.line}: {each.person_id}" for each in found)

    facts = (
        Fact("Would lose access" if dry_run else "Lost access", lines(outcome.left)),
        Fact("Had left before", lines(outcome.left_before)),
        Fact("Not yet", lines(outcome.not_yet)),
        Fact("Not ours", (str(outcome.not_ours),)),
        Fact("Nobody there for", tuple(outcome.without_cover)),
    )
    ways = (Way("/registry/leavers", "Read a file"), Way(PEOPLE, "People"))
    tag = "Nothing was changed" if dry_run else "Done"
    return EntryView("Leavers", tag, "blue" if dry_run else "green", facts, ways=ways)


def _words(name: str) -> str:
    return name.replace("_", " ")
