"""Fills the pages of mentions: the worklist, and one of them with what was said."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from moderate.mention_case import MentionCase
from moderate.mention_forms import ALL, DESKS, outcome_forms
from moderate.mention_replies import cannot, own_words, taps
from moderate.refilled import NOTHING, Sent, filled
from moderate.themes_of import themes_of
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_for
from shared.mentions.deadlines import due_at
from shared.mentions.mention import Mention, MentionState
from shared.mentions.set_answers import set_answers
from shared.mentions.themes import Theme
from shared.pages.parts import FieldError, HistoryLine
from shared.pages.registry_views import EntryView, Fact, RegistryRow, RegistryView, Way
from shared.pages.words import platform_title
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.records.ears import Ear

TITLE = "What was said to us"
EMPTY = "Nothing waits for an answer."
CALL = ("Call for help", "red")
LATE = ("Late", "orange")
STATES = {
    MentionState.WAITING: ("Waits", "blue"),
    MentionState.ANSWERED: ("Answered", "green"),
    MentionState.NO_ANSWER: ("No answer needed", "grey"),
    MentionState.HOLDING: ("Holding reply given", "yellow"),
    MentionState.HANDED_ON: ("Handed on", "grey"),
}
ERASED = "It was erased. That it was said, and what became of it, stays on record."
HERE = (
    "Answer from here, with one tap or in words of your own: it goes out as a post, under what was "
    "said, is checked as any post is, and is noted here once it stands. Or answer in the app."
)
THERE = (
    "Answer in the app, with the reply button under it, so that both stand together; then say here "
    "that you did."
)
HELP = (
    "This reads like a call for help. The contact centre and whoever is on duty were told. Answer "
    "with the set words at once; whoever is in danger rings 999."
)
NOT_HEARD = ("Not heard", "red")
CHECK = Way("/mentions/check", "Say that you looked through an account today")
ERASE = Way("/erasures/new", "Ask for the kept words to be erased")
NOBODY_KNOWS = "The platform does not say who."
LONGEST_TITLE = 120


def worklist(
    cases: Sequence[MentionCase],
    unheard: Sequence[Ear],
    accounts: Mapping[AccountId, Account],
    now: datetime,
    *,
    cursor: str | None = None,
    may_check: bool = False,
) -> RegistryView:
    """What waits, each by itself; what many say alike is marked, and where nobody hears is said."""
    alike = themes_of(cases)
    of = {mention_id: theme for theme in alike for mention_id in theme.mention_ids}
    rows = [_row(case, of.get(case.mention.mention_id), now) for case in cases]
    rows += [_unheard_row(ear, accounts) for ear in unheard]
    ways = (*((CHECK,) if may_check else ()), *map(_theme_way, alike))
    return RegistryView(TITLE, "/mentions", tuple(rows), cursor, ways, EMPTY)


def _row(case: MentionCase, theme: Theme | None, now: datetime) -> RegistryRow:
    mention = case.mention
    text = " ".join(case.said("text").split()) or ("No words." if case.words else "Erased.")
    title = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…"
    alike = f" One of {len(theme.mention_ids)} that say much the same." if theme else ""
    where = f"{case.account.title} on {platform_title(mention.platform)}"
    hint = f"{where}, {moment_text(mention.said_at)}. {_until(mention)}{alike}"
    return RegistryRow(f"/mentions/{mention.mention_id}", title, *_tag(mention, now), hint)


def _until(mention: Mention) -> str:
    if mention.follow_up:
        return f"Come back to it on {mention.follow_up.isoformat()}."
    return f"Answer by {moment_text(due_at(mention))}." if mention.is_open else ""


def _tag(mention: Mention, now: datetime) -> tuple[str, str]:
    if mention.is_open and mention.calls:
        return CALL
    return LATE if mention.is_open and now >= due_at(mention) else STATES[mention.state]


def _theme_way(theme: Theme) -> Way:
    many = len(theme.mention_ids)
    said = f"{many} say much the same ({', '.join(theme.words)}): answer them as one"
    return Way(f"/mentions/themes/{theme.mention_ids[0]}", said)


def _unheard_row(ear: Ear, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    account = accounts.get(ear.account)
    where = f"{account.title if account else ear.account} on {platform_title(ear.platform)}"
    since = f" Since {moment_text(ear.since)}." if ear.since else ""
    address = f"/mentions?{urlencode({'account': ear.account})}"
    return RegistryRow(address, where, *NOT_HEARD, f"{ear.fault}{since}")


def mention_view(
    case: MentionCase,
    reader: Person,
    now: datetime,
    *,
    act: str = "",
    typed: Sent = NOTHING,
    errors: tuple[FieldError, ...] = (),
    token: str = "",
) -> EntryView:
    """One mention with what was said, and what this person may say became of it; `token` is for the
    forms that answer it."""
    mention = case.mention
    may_answer = may_for(reader, Right.ANSWER, case.account).allowed
    forms = outcome_forms(mention) if may_answer else ()
    return EntryView(
        f"Said to {case.account.title} on {platform_title(mention.platform)}",
        *_tag(mention, now),
        (
            Fact("What was said", tuple(case.said("text").splitlines()) or (ERASED,)),
            *_who(case),
            Fact("When", (moment_text(mention.said_at), *filter(None, (_until(mention),)))),
            *_copied(case),
            *_became(case),
            Fact("Record", (mention.leaf,)),
        ),
        history=_history(case),
        forms=filled(forms, act, typed, errors),
        ways=(*own_words(case, reader), *_ways(case, reader)),
        notice=_notice(case),
        taps=taps(case, reader, token),
    )


def _notice(case: MentionCase) -> str:
    if not case.mention.is_open:
        return ""
    reason = cannot(case)
    said = f"{reason} {THERE}" if reason else HERE
    return f"{HELP} {said}" if case.mention.calls else said


def _who(case: MentionCase) -> tuple[Fact, ...]:
    if case.words is None:
        return ()
    handle = case.said("handle")
    who = " ".join(filter(None, (case.said("author"), f"@{handle}" if handle else "")))
    private = ("In a private message: only the account can see it.",) * case.mention.private
    return (Fact("By", (who or NOBODY_KNOWS, *private)),)


def _copied(case: MentionCase) -> tuple[Fact, ...]:
    is_open = case.mention.is_open
    return (Fact("Words to copy", set_answers(case.mention, case.account)),) if is_open else ()


def _became(case: MentionCase) -> tuple[Fact, ...]:
    settled = case.mention.settled
    if settled is None:
        return ()
    outcome = settled.outcome
    told = (
        outcome.answer,
        DESKS[outcome.desk] if outcome.desk else "",
        *outcome.why.splitlines(),
    )
    return (Fact("What became of it", (STATES[outcome.state][0], *filter(None, told))),)


def _history(case: MentionCase) -> tuple[HistoryLine, ...]:
    mention, settled = case.mention, case.mention.settled
    lines = [HistoryLine(mention.received_at, "Bluelamp", "Read it there", "")]
    if settled:
        what = STATES[settled.outcome.state][0]
        lines.append(HistoryLine(settled.at, case.name(settled.by), what, ""))
    return tuple(lines)


def _ways(case: MentionCase, reader: Person) -> tuple[Way, ...]:
    mention, ways = case.mention, []
    if url := case.said("url"):
        ways.append(Way(url, "See it there"))
    if case.words and may_for(reader, Right.TAKE_DOWN, case.account).allowed:
        named = {
            "account": mention.account,
            "platform": mention.platform,
            "comment": case.said("url") or case.said("platform_id"),
        }
        ways.append(Way(f"/takedowns/new?{urlencode(named)}", "It breaks a house rule"))
    if case.words and may(reader, Right.ERASE).allowed:
        ways.append(ERASE)
    own = Way(f"/mentions?{urlencode({'account': mention.account})}", "All said to this account")
    return (*ways, own, ALL)
