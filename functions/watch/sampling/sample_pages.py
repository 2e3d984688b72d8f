"""The pages of dip samples. GET shows; only a POST judges or says that something was done (P6)."""

from datetime import date

from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import Fields, first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView
from shared.posts.names import PersonId
from shared.samples.errors import SampleError, WrongJudgementError
from shared.samples.sample import Means, Sample, Verdict
from watch.following.room import FORM, accounts_of, app, guest_of, names_of, now, page, room
from watch.sampling.judge_post import Wish, end_follow_up
from watch.sampling.sample_shown import DONE, LOOK, Case, row_of, sample_view, total_of
from watch.sampling.samples_api import LONGEST_WORDS, NOTHING, judged, totals_of

TITLE = "Dip samples"
EMPTY = (
    "Nothing was drawn yet. When a month is sealed, a few posts of each account are drawn by lot."
)
NO_FORM = "There is no such form; reload the page and send it again."


@app.on("/samples")
def samples_page(call: Call) -> Answer:
    """Samples, those of the newest month first, with what of each and of each month was looked
    at."""
    guest = guest_of(call, Right.READ_ALL)
    found = room().samples.listed(call.query.get("cursor"))
    accounts = accounts_of(each.account for each in found.entries)
    rows = tuple(row_of(each, accounts.get(each.account)) for each in found.entries)
    totals = tuple(total_of(*each) for each in totals_of(found.entries).items())
    view = RegistryView(TITLE, "/samples", rows, found.cursor, (), EMPTY, totals)
    return page("registry", view, guest)


@app.on("/samples/{sample_id}")
def sample_page(call: Call, sample_id: str) -> Answer:
    """One sample: the posts, what was said of each, and what you may do about it."""
    guest = guest_of(call, Right.READ_ALL)
    return _shown(room().samples.get(sample_id), guest)


@app.on("/samples/{sample_id}", "POST")
def sample_sent(call: Call, sample_id: str) -> Answer:
    """Say what you think of a post, or that what follows was done."""
    guest = guest_of(call, Right.JUDGE_SAMPLES)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    sample, act = room().samples.get(sample_id), first(sent, "act")
    if act not in {LOOK, DONE}:
        raise NotFoundError(NO_FORM)
    try:
        _do(act, sample, sent, guest)
    except SampleError as error:
        field = error.field if isinstance(error, WrongJudgementError) else "post"
        return _shown(sample, guest, act, sent, (FieldError(field, str(error)),))
    return see_other(f"/samples/{sample_id}")


def _do(act: str, sample: Sample, sent: Fields, guest: Visitor) -> None:
    number = _number(sent)
    if act == LOOK:
        judged(sample, _wish(number, sent), guest.person)
    else:
        note = _words(sent, "note")
        end_follow_up(sample, number, note, guest.person, samples=room().samples, now=now())


def _number(sent: Fields) -> int:
    typed = first(sent, "post")
    if not typed.isascii() or not typed.isdecimal() or len(typed) > len("1000"):
        raise WrongJudgementError("post", "Choose a post.")
    return int(typed)


def _wish(number: int, sent: Fields) -> Wish:
    verdict, means = first(sent, "verdict"), first(sent, "means") or NOTHING
    if verdict not in {each.value for each in Verdict}:
        raise WrongJudgementError("verdict", "Choose what you think of it.")
    if means not in {NOTHING, *(each.value for each in Means)}:
        raise WrongJudgementError("means", "Choose what is to be done.")
    who = first(sent, "who").strip()[:100]
    return Wish(
        number,
        Verdict(verdict),
        _words(sent, "reason"),
        None if means == NOTHING else Means(means),
        PersonId(who) if who else None,
        _day(sent),
    )


def _day(sent: Fields) -> date | None:
    typed = first(sent, "until").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise WrongJudgementError("until", "Write the day as 2026-11-20.") from error


def _words(sent: Fields, name: str) -> str:
    return lines(first(sent, name)).strip()[:LONGEST_WORDS]


def _shown(
    sample: Sample,
    guest: Visitor,
    act: str = "",
    sent: Fields | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Answer:
    view = sample_view(_case(sample), guest.person, act=act, typed=sent or {}, errors=errors)
    return page("entry", view, guest, 422 if errors else 200)


def _case(sample: Sample) -> Case:
    found = room().snapshots.read(
        posts=[(each.post_id, each.version) for each in sample.posts], accounts=[sample.account]
    )
    words = {version: post.draft.text for version, post in found.posts.items()}
    said = [each.judgement for each in sample.posts if each.judgement]
    people = {each.by for each in said}
    people |= {each.follow_up.who for each in said if each.follow_up}
    people |= {d.by for each in said if each.follow_up and (d := each.follow_up.done)}
    return Case(sample, found.accounts.get(sample.account), words, names_of(people))
