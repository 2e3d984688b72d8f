"""Fills the pages of dip samples: the list with what is covered, one sample, and its forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.pages.forms import Fields
from shared.pages.parts import FieldError
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FieldView,
    FormView,
    Option,
    RegistryRow,
    Way,
)
from shared.posts.localtime import day_text
from shared.posts.names import PersonId, PostId
from shared.samples.coverage import Coverage, coverage
from shared.samples.sample import Drawn, FollowUp, Judgement, Means, Sample, Verdict
from watch.sampling.samples_api import NOTHING

LOOK, DONE = "look", "done"
ALL = Way("/samples", "All samples")
ALL_POSTS, BESIDES, LONGEST_WORDS = 9_000, 350, 1_000
"""What all posts may weigh on a page, what one weighs besides its words, and how many words are
shown of one: a page stays light, and the whole post is a link away."""

VERDICTS: Mapping[Verdict, str] = {
    Verdict.FINE: "Fine",
    Verdict.MINOR: "Minor: say what would be better",
    Verdict.SERIOUS: "Serious: professional standards hear of it in the morning",
}
SAID: Mapping[Verdict, str] = {
    Verdict.FINE: "Fine",
    Verdict.MINOR: "Minor",
    Verdict.SERIOUS: "Serious",
}
MEANS: Mapping[Means, str] = {
    Means.TRAINING: "Training",
    Means.CORRECTION: "Correct the post",
    Means.TAKEDOWN: "Take the post away",
}
NOTICE = (
    "Drawn by lot from the sealed month: nobody chose these. Whoever wrote, changed or approved a "
    "post does not judge it."
)
DONE_ELSEWHERE = (
    "Nothing is corrected or taken away by this: open the post to ask for that. What you say here "
    "stays on record."
)
REASON_HINT = "Not needed where it is fine. Say against which rule; name nobody."
WHO_HINT = "Their id in the registry. They are told in the morning, and again on the day."


@dataclass(frozen=True)
class Case:
    """A sample, its account (None where the registry has none any more), the words of its posts as
    far as they are there, and what people are called."""

    sample: Sample
    account: Account | None
    words: Mapping[tuple[PostId, int], str]
    names: Mapping[PersonId, str]

    @property
    def title(self) -> str:
        """Of which account and month."""
        return title_of(self.sample, self.account)

    def name(self, person_id: PersonId) -> str:
        """What somebody is called."""
        return self.names.get(person_id, person_id)


def title_of(sample: Sample, account: Account | None) -> str:
    """Of which account and month a sample is."""
    return f"{account.title if account else sample.account}, {_month_name(sample.month)}"


def row_of(sample: Sample, account: Account | None) -> RegistryRow:
    """One line of the list: what is covered, and what is open."""
    tag, colour = _state(sample)
    counts = coverage([sample])
    looked = f"{counts.looked_at} of {counts.drawn} looked at, {sample.published} published"
    open_still = f"; {counts.open} to be followed up" if counts.open else ""
    title = title_of(sample, account)
    return RegistryRow(f"/samples/{sample.sample_id}", title, tag, colour, f"{looked}{open_still}.")


def total_of(month: str, counts: Coverage) -> Fact:
    """What all samples of a month come to: the coverage, and what was found."""
    accounts = f"{counts.samples:,} account{'' if counts.samples == 1 else 's'}"
    drawn = f"{counts.drawn:,} of {counts.published:,} posts drawn"
    looked = f"{counts.looked_at:,} of {counts.drawn:,} looked at"
    minor, serious = counts.verdicts[Verdict.MINOR], counts.verdicts[Verdict.SERIOUS]
    return Fact(
        _month_name(month),
        (
            f"{accounts}: {drawn}{_share(counts.drawn, counts.published)}",
            f"{looked}{_share(counts.looked_at, counts.drawn)}",
            f"{minor:,} minor, {serious:,} serious",
            f"{counts.open:,} to be followed up, {counts.done:,} done",
        ),
    )


def _share(part: int, whole: int) -> str:
    """In per cent, rounded down: all of it is said of nothing less."""
    return f" ({part * 100 // whole}%)" if whole else ""


def _month_name(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def sample_view(
    case: Case,
    reader: Person,
    *,
    act: str = "",
    typed: Fields | None = None,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One sample, and what this person may do about it."""
    sample = case.sample
    tag, colour = _state(sample)
    forms = tuple(_again(form, act, typed or {}, errors) for form in _forms(case, reader))
    room = min(LONGEST_WORDS, ALL_POSTS // max(len(sample.posts), 1) - BESIDES)
    posts = (Fact(_heading(each), tuple(_lines(each, case, room))) for each in sample.posts)
    ways = (Way(f"/posts/{each.post_id}", f"Open post {each.number}") for each in sample.posts)
    return EntryView(
        f"Sample of {case.title}",
        tag,
        colour,
        (*_drawn(sample), *posts),
        forms=forms,
        ways=(*ways, ALL),
        notice="" if sample.is_over else NOTICE,
    )


def _state(sample: Sample) -> tuple[str, str]:
    if sample.unseen:
        return "To be looked at", "yellow"
    return ("To be followed up", "orange") if sample.to_do else ("Done", "green")


def _drawn(sample: Sample) -> Iterator[Fact]:
    much = f"{len(sample.posts)} of {sample.published} that went out, by {sample.rule}"
    yield Fact("Drawn", (f"{much}, on {day_text(sample.drawn_at)}",))
    yield Fact("Draw it again", (f"bluelamp audit sample {sample.month} {sample.account}",))


def _heading(drawn: Drawn) -> str:
    said = SAID[drawn.judgement.verdict] if drawn.judgement else "Not looked at"
    return f"{drawn.number}. {said}"


def _lines(drawn: Drawn, case: Case, room: int) -> Iterator[str]:
    """Its words while somebody has to read them; then, in the same room, what was said of them."""
    words = case.words.get((drawn.post_id, drawn.version), "Its words are not here any more.")
    said = drawn.judgement
    if said is None:
        yield _cut(words, room)
        return
    yield _cut(words, room // 3)
    yield from _said(said, case, room // 2)
    if said.follow_up is not None:
        yield from _followed(said.follow_up, case, room // 3)


def _said(said: Judgement, case: Case, room: int) -> Iterator[str]:
    why = f": {_cut(said.reason, room)}" if said.reason else ""
    yield f"{SAID[said.verdict]}, said {case.name(said.by)} on {day_text(said.at)}{why}"


def _followed(wanted: FollowUp, case: Case, room: int) -> Iterator[str]:
    yield f"{MEANS[wanted.means]}: {case.name(wanted.who)}, until {wanted.until.isoformat()}"
    if wanted.done is not None:
        yield f"Done, says {case.name(wanted.done.by)}: {_cut(wanted.done.note, room)}"


def _cut(text: str, longest: int) -> str:
    return f"{text[:longest]}…" if len(text) > longest else text


def _forms(case: Case, reader: Person) -> Iterator[FormView]:
    if not may(reader, Right.JUDGE_SAMPLES).allowed:
        return
    sample, address = case.sample, f"/samples/{case.sample.sample_id}"
    mine = [each for each in sample.unseen if reader.person_id not in each.hands]
    if mine:
        yield _look_form(address, mine)
    if sample.to_do:
        fields = (_post_field(sample.to_do), FieldView("note", "What was done", "lines"))
        yield FormView("Say that it was done", address, "It was done", fields, act=DONE)


def _look_form(address: str, mine: list[Drawn]) -> FormView:
    verdicts = tuple(Option(each.value, words) for each, words in VERDICTS.items())
    means = (
        Option(NOTHING, "Nothing"),
        *(Option(each.value, words) for each, words in MEANS.items()),
    )
    fields = (
        _post_field(mine),
        FieldView("verdict", "What do you think of it?", "choice", options=verdicts),
        FieldView("reason", "Why", "lines", hint=REASON_HINT),
        FieldView("means", "What is to be done?", "choice", (NOTHING,), options=means),
        FieldView("who", "By whom", hint=WHO_HINT),
        FieldView("until", "Until which day", "day"),
    )
    title = "Say what you think of a post"
    return FormView(title, address, "Say so", fields, act=LOOK, sentence=DONE_ELSEWHERE)


def _post_field(posts: list[Drawn] | tuple[Drawn, ...]) -> FieldView:
    options = tuple(Option(str(each.number), f"Post {each.number}") for each in posts)
    return FieldView("post", "Which post?", "pick", options=options)


def _again(form: FormView, act: str, typed: Fields, errors: tuple[FieldError, ...]) -> FormView:
    """The form that was sent comes back with what was typed and what is wrong with it."""
    if not act or form.act != act:
        return form
    fields = tuple(
        replace(field, values=tuple(typed[field.name])) if field.name in typed else field
        for field in form.fields
    )
    return replace(form, fields=fields, errors=errors)
