"""What the record log is told of a submission, and of what it took the place of."""

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from shared.posts.acts import Happened
from shared.posts.content import said_besides
from shared.posts.life import Post, State
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import TakenBack
from shared.records.replacing import Standing

if TYPE_CHECKING:
    from shared.posts.correction import Correction

WHY_VOID = {
    State.SUPERSEDED: "A newer version took its place.",
    State.WITHDRAWN: "The post was taken back.",
}


def submitted_acts(post: Post) -> list[Act]:
    """That it was submitted or blocked, and that it does not wait for a second person."""
    happened = Happened.BLOCKED if post.state is State.BLOCKED else Happened.SUBMITTED
    payload: dict[str, JSON] = {
        "embargo": post.draft.embargo,
        "findings": cast("JSON", [dict(finding) for finding in post.findings]),
        "incident": post.incident,
        "platforms": list(post.draft.platforms),
        "policy_version": post.policy_version,
        "text": post.draft.text,
        "urgency": post.urgency.value,
        **shown_pictures(post),
        **said_besides(post.draft),
    }
    payload |= _about_another(post.correction)
    payload |= _answering(post)
    payload |= {"note_of": post.note_of} if post.note_of else {}
    actor, at = post.editor or post.author, post.submitted_at
    acts = [act_on(post, happened, at, payload, actor=actor)]
    if post.urgent_reason and post.state is not State.BLOCKED:
        rules: list[JSON] = [str(finding["rule"]) for finding in post.findings]
        said: dict[str, JSON] = {"policy_version": post.policy_version, "rules": rules}
        reason = post.urgent_reason
        acts.append(act_on(post, Happened.URGENT, at, said, actor=actor, reason=reason))
    return acts


def _about_another(right: "Correction | None") -> dict[str, JSON]:
    """What it puts right; or the post under which it says that its appeal is over."""
    if right is None:
        return {}
    if right.appeal:
        return {
            "closes": {"appeal": right.appeal, "post_id": right.post_id, "version": right.version}
        }
    return {"corrects": {name: said for name, said in asdict(right).items() if name != "appeal"}}


def _answering(post: Post) -> dict[str, JSON]:
    """What it replies to, by the name that tells nothing of what was said."""
    reply = post.reply
    if reply is None:
        return {}
    day = reply.follow_up.isoformat() if reply.follow_up else None
    return {"answers": {"mention": reply.mention_id, "follow_up": day}}


def shown_pictures(post: Post) -> dict[str, JSON]:
    """The pictures of a post with the words for those who cannot see; nothing where it has none."""
    shown: list[JSON] = [{"alt": m.alt, "sha256": m.sha256} for m in post.draft.media]
    return {"pictures": shown} if shown else {}


def replaced_acts(standing: Standing, by_version: int, back: TakenBack) -> list[Act]:
    """That a version had to make way, and what was asked about it with it."""
    payload: dict[str, JSON] = {
        "replaced_by": by_version,
        "state_before": standing.post.state.value,
    }
    superseded = act_on(standing.post, Happened.SUPERSEDED, back.at, payload, actor=back.by)
    return [superseded, *_voided(standing, back)]


def withdrawn_acts(standing: Standing, reason: str, back: TakenBack) -> list[Act]:
    """That a version was taken back, and what was asked about it with it."""
    withdrawn = act_on(
        standing.post,
        Happened.WITHDRAWN,
        back.at,
        {"state_before": standing.post.state.value},
        actor=back.by,
        reason=reason,
    )
    return [withdrawn, *_voided(standing, back)]


def _voided(standing: Standing, back: TakenBack) -> list[Act]:
    approval = standing.approval
    if approval is None:
        return []
    ruling = approval.ruling
    payload: dict[str, JSON] = {
        "decided_by": ruling.by if ruling else None,
        "decision": ruling.decision.value if ruling else None,
    }
    reason = WHY_VOID[back.ending]
    voided = Happened.APPROVAL_VOIDED
    return [act_on(standing.post, voided, back.at, payload, actor=back.by, reason=reason)]
