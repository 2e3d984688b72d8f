"""An approver changes the words and approves them: the version that takes the old one's place.

The words are checked by the policy at once. What blocks them, or asks for review and was not there
before, is told beside the field, and nothing is decided. The new version keeps its author, and the
approver is its editor; somebody else decides about it.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import cast

from moderate.case import Case, Choice
from moderate.errors import EditRefusedError
from shared.accounts.registry import Person
from shared.policy.circumstances import candidate_of
from shared.policy.verdict import Candidate, Finding, Severity, Verdict
from shared.posts.acts import Happened
from shared.posts.content import Draft, content_hash, said_besides
from shared.posts.life import Post, State
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on

ADVICE = Severity.ADVISE.value
EDITED = "An approver changed the words; the next version stands in its place."


def candidate(case: Case, draft: Draft, now: datetime) -> Candidate:
    """What the policy check reads of an edit: the author's words still, sent in now."""
    silencing = case.board.silencing(case.account, draft.platforms, now)
    return candidate_of(draft, case.author, case.account, critical_incident=silencing is not None)


def draft_of(post: Post, choice: Choice) -> Draft:
    """The draft with the words and alt texts of the edit; EditRefusedError where it is none."""
    before = post.draft
    text = before.text if choice.text is None else choice.text
    alts = tuple(media.alt for media in before.media) if choice.alts is None else choice.alts
    thread = before.thread if choice.thread is None else choice.thread
    if len(thread) != len(before.thread) or not all(part.strip() for part in thread):
        count = len(before.thread)
        raise EditRefusedError(
            "thread", f"Give the words of each further part, as many as there were: {count}."
        )
    if not text.strip():
        raise EditRefusedError("text", "Write something; the post would be empty.")
    if len(alts) != len(before.media):
        count = len(before.media)
        raise EditRefusedError("alts", f"Give one alt text for each picture; there are {count}.")
    media = tuple(replace(one, alt=alt) for one, alt in zip(before.media, alts, strict=True))
    after = replace(before, text=text, media=media, thread=thread)
    if after == before:
        raise EditRefusedError(
            "text", "You changed nothing. Change the words, or choose to approve them as they are."
        )
    return after


def edited(case: Case, draft: Draft, verdict: Verdict, by: Person, now: datetime) -> Post:
    """The next version, with its editor; EditRefusedError where the policy is against it."""
    against = _against(verdict, case.post)
    if against:
        raise EditRefusedError("text", _told(against), against)
    post = case.post
    return Post(
        post_id=post.post_id,
        version=post.version + 1,
        draft=draft,
        content_hash=content_hash(draft),
        author=post.author,
        submitted_at=now,
        state=State.SUBMITTED,
        policy_version=verdict.policy_version,
        findings=tuple(finding.as_dict() for finding in verdict.findings),
        editor=by.person_id,
        urgency=post.urgency,
        correction=post.correction,
        note_of=post.note_of,
        reply=post.reply,
    )


def submission(post: Post) -> Act:
    """The leaf of an edited version."""
    payload: dict[str, JSON] = {
        "editor": post.editor,
        "findings": cast("JSON", [dict(finding) for finding in post.findings]),
        "platforms": list(post.draft.platforms),
        "policy_version": post.policy_version,
        "replaces": post.version - 1,
        "text": post.draft.text,
        **_pictures(post),
        **said_besides(post.draft),
    }
    return act_on(
        post, Happened.SUBMITTED, post.submitted_at, payload, actor=post.editor or post.author
    )


def _pictures(post: Post) -> dict[str, JSON]:
    shown: list[JSON] = [{"alt": m.alt, "sha256": m.sha256} for m in post.draft.media]
    return {"pictures": shown} if shown else {}


def _against(verdict: Verdict, before: Post) -> tuple[Finding, ...]:
    """What blocks the new words, and every request for review beyond those the old ones had: a
    sentence that was flagged already may be put better without a rule standing in the way.
    """
    known = Counter(str(f["rule"]) for f in before.findings if f["severity"] != ADVICE)
    against = []
    for finding in verdict.findings:
        if finding.severity is Severity.REVIEW and known[finding.rule] > 0:
            known[finding.rule] -= 1
        elif finding.severity is not Severity.ADVISE:
            against.append(finding)
    return tuple(against)


def _told(findings: tuple[Finding, ...]) -> str:
    return " ".join(f"{finding.message} {finding.suggestion}".strip() for finding in findings)
