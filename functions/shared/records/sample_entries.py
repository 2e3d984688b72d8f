"""Dip samples as rows, and back."""

from datetime import date
from typing import Any

from shared.posts.names import AccountId, PersonId, PostId
from shared.records.sample_rows import LISTED_SAMPLES, OPEN_SAMPLES, SampleRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.samples.sample import Done, Drawn, FollowUp, Judgement, Means, Sample, Verdict

Held = dict[str, Any]


def sample_row(tables: Tables, sample: Sample) -> SampleRow:
    """The row of a sample; in the index of what is open only while it is."""
    entry = {
        "account": sample.account,
        "month": sample.month,
        "drawn_at": written(sample.drawn_at),
        "published": sample.published,
        "rule": sample.rule,
        "posts": [_drawn(each) for each in sample.posts],
    }
    return tables.samples(
        sample_id=sample.sample_id,
        listed=LISTED_SAMPLES,
        open=None if sample.is_over else OPEN_SAMPLES,
        entry=as_json(entry),
    )


def sample_of(row: SampleRow) -> Sample:
    """The sample a row holds."""
    held: Held = from_json(row.entry)
    return Sample(
        account=AccountId(held["account"]),
        month=held["month"],
        drawn_at=moment(held["drawn_at"]),
        published=held["published"],
        rule=held["rule"],
        posts=tuple(map(_drawn_of, held["posts"])),
    )


def _drawn(drawn: Drawn) -> Held:
    said = drawn.judgement
    return {
        "number": drawn.number,
        "post": [drawn.post_id, drawn.version],
        "hands": sorted(drawn.hands),
        "judgement": said
        and {
            "verdict": said.verdict.value,
            "reason": said.reason,
            "by": said.by,
            "at": written(said.at),
            "follow_up": said.follow_up and _follow_up(said.follow_up),
        },
    }


def _follow_up(wanted: FollowUp) -> Held:
    done = wanted.done
    return {
        "means": wanted.means.value,
        "who": wanted.who,
        "until": wanted.until.isoformat(),
        "done": done and [done.by, written(done.at), done.note],
    }


def _drawn_of(held: Held) -> Drawn:
    post_id, version = held["post"]
    return Drawn(
        number=held["number"],
        post_id=PostId(post_id),
        version=version,
        hands=frozenset(map(PersonId, held["hands"])),
        judgement=_judgement_of(held["judgement"]) if held["judgement"] else None,
    )


def _judgement_of(held: Held) -> Judgement:
    return Judgement(
        verdict=Verdict(held["verdict"]),
        reason=held["reason"],
        by=PersonId(held["by"]),
        at=moment(held["at"]),
        follow_up=_follow_up_of(held["follow_up"]) if held["follow_up"] else None,
    )


def _follow_up_of(held: Held) -> FollowUp:
    done = held["done"]
    return FollowUp(
        means=Means(held["means"]),
        who=PersonId(held["who"]),
        until=date.fromisoformat(held["until"]),
        done=_done_of(*done) if done else None,
    )


def _done_of(by: str, at: str, note: str) -> Done:
    return Done(PersonId(by), moment(at), note)
