"""The API of dip samples: what was drawn, what was said of it, and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from shared.accounts.registry import Person
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.names import PersonId
from shared.samples.coverage import Coverage, coverage, coverage_by_month
from shared.samples.sample import Drawn, FollowUp, Judgement, Means, Sample, Verdict
from watch.following.room import app, guest_of, now, room
from watch.sampling.judge_post import Wish, end_follow_up, judge_post, people_of

PAGE = 20
LONGEST_WORDS = 1_000
NOTHING = "nothing"
"""Is to be done."""


@app.on("/v1/samples")
def samples_api(call: Call) -> Answer:
    """Samples, those of the newest month first, with what each of these months came to."""
    guest_of(call, Right.READ_ALL)
    found = room().samples.listed(call.query.get("cursor"), PAGE)
    totals = totals_of(found.entries)
    months = [{"month": each, "counts": asdict(totals[each])} for each in totals]
    shapes = list(map(sample_shape, found.entries))
    return json_answer({"samples": shapes, "months": months, "next": found.cursor})


@app.on("/v1/samples/{sample_id}")
def sample_api(call: Call, sample_id: str) -> Answer:
    """One sample: which posts were drawn, and what was said of each."""
    guest_of(call, Right.READ_ALL)
    return json_answer(sample_shape(room().samples.get(sample_id)))


@app.on("/v1/samples/{sample_id}/verdicts", "POST")
def judge_sample_api(call: Call, sample_id: str) -> Answer:
    """Say what you think of a post that was drawn, once."""
    guest = guest_of(call, Right.JUDGE_SAMPLES)
    wish, sample = wish_in(call.json()), room().samples.get(sample_id)
    return json_answer(sample_shape(judged(sample, wish, guest.person)))


@app.on("/v1/samples/{sample_id}/follow-ups", "POST")
def follow_up_api(call: Call, sample_id: str) -> Answer:
    """Say that what was to be done about a post was done."""
    guest = guest_of(call, Right.JUDGE_SAMPLES)
    fields = Fields(call.json())
    number = _number(fields)
    note = fields.text("note", longest=LONGEST_WORDS)
    fields.done()
    sample = room().samples.get(sample_id)
    kept, at = room().samples, now()
    after = end_follow_up(sample, number, note, guest.person, samples=kept, now=at)
    return json_answer(sample_shape(after))


def totals_of(listed: Sequence[Sample]) -> dict[str, Coverage]:
    """What every sample of the months of these came to, those that are not listed here too."""
    if not listed:
        return {}
    months = [each.month for each in listed]
    return coverage_by_month(room().samples.of_months(min(months), max(months)))


def judged(sample: Sample, wish: Wish, by: Person) -> Sample:
    """The sample with this judgement; what `judge_post` raises."""
    known = room().snapshots.read(people=people_of(sample, wish)).people.values()
    return judge_post(sample, wish, by, tuple(known), samples=room().samples, now=now())


def wish_in(body: Mapping[str, Any]) -> Wish:
    """Reads `POST /v1/samples/{sample_id}/verdicts`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    number = _number(fields)
    verdict = fields.one_of("verdict", tuple(each.value for each in Verdict))
    reason = fields.maybe_text("reason", longest=LONGEST_WORDS) or ""
    means = fields.one_of("means", (NOTHING, *(each.value for each in Means)), default=NOTHING)
    who = fields.maybe_text("who", longest=100)
    until = fields.maybe_day("until")
    fields.done()
    return Wish(
        number,
        Verdict(verdict),
        reason,
        None if means == NOTHING else Means(means),
        PersonId(who) if who else None,
        until,
    )


def sample_shape(sample: Sample) -> dict[str, Any]:
    """One sample, with its counts."""
    counts = asdict(coverage([sample]))
    del counts["samples"]
    return {
        "sample_id": sample.sample_id,
        "account": sample.account,
        "month": sample.month,
        "drawn_at": stamp(sample.drawn_at),
        "rule": sample.rule,
        "counts": counts,
        "posts": [_post_shape(each) for each in sample.posts],
    }


def _number(fields: Fields) -> int:
    number = fields.maybe_number("post", most=1_000)
    if number is None:
        fields.wrong("post", "Name the post by its number in the sample.")
    return number or 0


def _post_shape(drawn: Drawn) -> dict[str, Any]:
    return {
        "number": drawn.number,
        "post_id": drawn.post_id,
        "version": drawn.version,
        "judgement": drawn.judgement and _judgement_shape(drawn.judgement),
    }


def _judgement_shape(said: Judgement) -> dict[str, Any]:
    return {
        "verdict": said.verdict.value,
        "reason": said.reason or None,
        "by": said.by,
        "at": stamp(said.at),
        "follow_up": said.follow_up and _follow_up_shape(said.follow_up),
    }


def _follow_up_shape(wanted: FollowUp) -> dict[str, Any]:
    done = wanted.done
    return {
        "means": wanted.means.value,
        "who": wanted.who,
        "until": wanted.until.isoformat(),
        "done": done and {"by": done.by, "at": stamp(done.at), "note": done.note},
    }
