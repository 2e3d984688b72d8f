"""A draft becomes a submission, or comes back with findings; either way it is on record.

A new version of a post that still waits takes its place in the same transaction: of the two only
one can go out, whatever breaks in between.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from compose.beside import NOTHING, Beside
from compose.errors import MayNotPostError, NotReplaceableError
from compose.reading import Wanted, check_draft, check_urgent
from compose.told import replaced_acts, submitted_acts
from compose.versions import Place, next_place
from compose.waiting import Files, tell
from compose.when import check_embargo
from shared.accounts.incident import NO_INCIDENTS, Board
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_post, may_publish_urgently
from shared.conductor.executions import ExecutionOverError, Executions, NoAnswerError
from shared.policy.check import check
from shared.policy.circumstances import candidate_of, servers_of
from shared.policy.keys_end import with_ending_keys
from shared.policy.pack import Pack
from shared.policy.rules.critical_incident import RULE as CRITICAL_INCIDENT
from shared.policy.verdict import Candidate, Verdict
from shared.posts.content import Draft, Kind, content_hash
from shared.posts.life import Post, State, Urgency
from shared.posts.names import AccountId, PlatformName, PostId
from shared.posts.server_limits import ServerLimits, Servers
from shared.records.approval import TakenBack
from shared.records.errors import ChangedError, NotFoundError
from shared.records.posts import Posts
from shared.records.replacing import Replacing, Standing

OWN_WORDS = (
    "What somebody else wrote waits for a second person. Write a post of your own to publish at "
    "once."
)

TRIES = 3
"""How often a post that moves on under its author's hands is looked at again."""


@dataclass(frozen=True)
class Desk:
    """What submitting and taking back need: the records, the conductor, the policy pack of a day,
    what registry and servers add to it, what the servers `told` of their own limits, and when an
    account's keys end; and what is kept `beside` a post."""

    posts: Posts
    replacing: Replacing
    files: Files
    executions: Executions
    pack: Callable[[date], Pack]
    registered: Callable[[Pack, Candidate], Pack] | None = None
    told: Callable[[Servers], Mapping[PlatformName, ServerLimits]] = lambda _: {}
    ends: Callable[[AccountId], Mapping[PlatformName, datetime]] = lambda _: {}
    beside: Callable[[Post, Pack], Beside] = lambda *_: NOTHING

    def pack_for(self, candidate: Candidate, now: datetime) -> Pack:
        """The policy of today, as it is for this candidate."""
        pack = self.pack(now.date())
        return self.registered(pack, candidate) if self.registered else pack

    def verdict(
        self, candidate: Candidate, now: datetime, scheduled: Draft | None = None
    ) -> Verdict:
        """What the policy says today; advice besides where a draft is due after its keys end."""
        verdict = check(candidate, self.pack_for(candidate, now))
        if scheduled is None or scheduled.not_before is None:
            return verdict
        return with_ending_keys(verdict, scheduled, self.ends(scheduled.account))


def submit(
    wanted: Wanted,
    person: Person,
    account: Account,
    desk: Desk,
    *,
    post_id: PostId,
    now: datetime,
    board: Board = NO_INCIDENTS,
) -> Post:
    """The post as it now stands on record: submitted and on its way, or blocked with findings.

    The record comes first and the execution after it; if we die in between, the sweep starts it.
    `post_id` is used unless the draft replaces a version of an older post.
    """
    answer = may_post(person, account)
    if answer.allowed and wanted.urgent_reason:
        answer = may_publish_urgently(person)
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    wanted = _still_about(wanted, desk)
    told = desk.told(servers_of(account, wanted.draft.platforms))
    check_draft(wanted.draft, account, now, told, kind=_kind(wanted))
    check_urgent(wanted)
    first = Place(post_id, 1, *(wanted.hands or (person, None)))
    for _ in range(TRIES):
        place = first
        if wanted.replaces:
            place = next_place(wanted, person, account, desk.files)
        if wanted.urgent_reason and place.editor:
            raise NotReplaceableError(OWN_WORDS)
        post = _post(wanted, place, person=person, account=account, board=board, desk=desk, now=now)
        # While we looked it was decided, or went on: look again how it stands.
        with suppress(ChangedError):
            return _on_its_way(*_kept(post, place, person, wanted.key, desk), desk)
    raise NotReplaceableError("It moved on while you sent this. Look at it again, then decide.")


def _kind(wanted: Wanted) -> Kind:
    """The kind that its draft has to be of."""
    if wanted.reply:
        return Kind.REPLY
    corrects = wanted.correction is not None and not wanted.correction.appeal
    return Kind.CORRECTION if corrects else Kind.ORIGINAL


def _still_about(wanted: Wanted, desk: Desk) -> Wanted:
    """A newer version of a correction puts the same post right, whoever changes its words; that of
    a note is the note of the same deletion, and that of a reply answers the same mention."""
    if wanted.replaces is None or wanted.correction is not None:
        return wanted
    try:
        older = desk.posts.get(*wanted.replaces)
    except NotFoundError:
        return wanted  # told where its place is looked for
    if older.note_of and older.draft.account == wanted.draft.account:
        wanted = replace(wanted, note_of=older.note_of)
    if older.correction is None and older.reply is None:
        return wanted
    draft = replace(wanted.draft, kind=older.draft.kind, about=older.draft.about)
    return replace(wanted, draft=draft, correction=older.correction, reply=older.reply)


def _post(
    wanted: Wanted,
    place: Place,
    *,
    person: Person,
    account: Account,
    board: Board,
    desk: Desk,
    now: datetime,
) -> Post:
    """The version as it will be kept, judged by today's policy and by what is going on."""
    if place.older:
        check_embargo(place.older.draft, wanted.draft, person, now)
    incident = board.silencing(account, wanted.draft.platforms, now)
    candidate = candidate_of(
        wanted.draft, place.author, account, critical_incident=incident is not None
    )
    verdict = desk.verdict(candidate, now, wanted.draft)
    silenced = incident and any(f.rule == CRITICAL_INCIDENT for f in verdict.findings)
    return Post(
        post_id=place.post_id,
        version=place.version,
        draft=wanted.draft,
        content_hash=content_hash(wanted.draft),
        author=place.author.person_id,
        submitted_at=now,
        state=State.BLOCKED if verdict.outcome == "blocked" else State.SUBMITTED,
        policy_version=verdict.policy_version,
        findings=tuple(finding.as_dict() for finding in verdict.findings),
        editor=place.editor,
        urgency=Urgency.IMMEDIATE if wanted.urgent_reason else wanted.urgency,
        urgent_reason=wanted.urgent_reason,
        incident=incident.incident_id if incident and silenced else None,
        correction=wanted.correction,
        note_of=wanted.note_of,
        reply=wanted.reply,
    )


def _kept(
    post: Post, place: Place, person: Person, key: str | None, desk: Desk
) -> tuple[Post, Standing | None]:
    """The post on record, and what it took the place of."""
    beside = desk.beside(post, desk.pack(post.submitted_at.date()))
    act, *besides = [*submitted_acts(post), *beside.acts]
    if place.waiting is None:
        return desk.posts.submit(post, act, key, besides=besides, also=beside.writes), None
    back = TakenBack(State.SUPERSEDED, person.person_id, post.submitted_at)
    acts = [act, *besides, *replaced_acts(place.waiting, post.version, back)]
    return desk.replacing.supersede(place.waiting, post, back, acts, key, also=beside.writes)


def _on_its_way(post: Post, replaced: Standing | None, desk: Desk) -> Post:
    if replaced:
        tell(replaced, desk.executions, desk.files)
    if post.state is State.SUBMITTED:
        # It is on record: the sweep finds what was not started, and tells what ended without an
        # ending; where a second click came after the end, there is nothing to start.
        with suppress(NoAnswerError, ExecutionOverError):
            desk.executions.start(post.post_id, post.version)
    return post
