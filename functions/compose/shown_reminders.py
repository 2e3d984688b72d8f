"""Fills the pages of reminders: from what is on record to what is shown."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from urllib.parse import urlencode

from compose.keep_reminder import SHOWN, Preview
from compose.reminder_reading import WEEKDAYS
from compose.reminder_shapes import NTH_NAMES, clock_text
from shared.accounts.registry import Account
from shared.pages.parts import FindingView
from shared.pages.registry_views import EntryView, Fact, FieldView, FormView, RegistryRow, Way
from shared.pages.reminder_views import DateView, RemindersView, ShapedView
from shared.pages.words import platform_title
from shared.posts.localtime import clock_text as clock_at
from shared.posts.localtime import day_text, moment_text
from shared.posts.names import AccountId
from shared.posts.reminders import HoursBefore, MonthlyByDay, Occurrence, Pattern, Rule, Weekly
from shared.posts.series import Reminder, Status, coming

TAGS = {
    Status.ACTIVE: ("Active", "green"),
    Status.PAUSED: ("Paused", "yellow"),
    Status.ENDED: ("Ended", "grey"),
}
WHY = FieldView("why", "Why", "lines", hint="You may leave it empty.")
FORMS = {
    "pause": FormView(
        "Pause it",
        "",
        "Pause it",
        (WHY,),
        "pause",
        "Nothing is sent in until somebody resumes it. Posts that still wait are taken back.",
    ),
    "resume": FormView(
        "Resume it",
        "",
        "Resume it",
        (WHY,),
        "resume",
        "Where its author may not post any more, its posts are yours from then on.",
    ),
    "end": FormView(
        "End it for good",
        "",
        "End it",
        (WHY,),
        "end",
        "Nothing is sent in any more, and posts that still wait are taken back.",
    ),
}
MAY_DO = {
    Status.ACTIVE: ("pause", "end"),
    Status.PAUSED: ("resume", "end"),
    Status.ENDED: (),
}


def reminders_view(
    reminders: Iterable[Reminder],
    cursor: str | None,
    titles: Mapping[AccountId, str],
    own: Iterable[Account],
    account: AccountId | None,
) -> RemindersView:
    """A list: somebody's own, or one account's."""
    title = f"Reminders of {titles.get(account, account)}" if account else "Your reminders"
    rows = tuple(_row(each, titles) for each in reminders)
    ways = [
        Way(f"/reminders?{urlencode({'account': each.account_id})}", f"Those of {each.title}")
        for each in own
        if each.account_id != account
    ]
    if account:
        ways.insert(0, Way("/reminders", "Your own"))
    asked = {"account": account} if account else {}
    more = f"/reminders?{urlencode({**asked, 'cursor': cursor})}" if cursor else ""
    return RemindersView(title, rows, tuple(ways), more)


def reminder_view(
    reminder: Reminder,
    account: Account,
    names: Mapping[str, str],
    now: datetime,
    *,
    may_keep: bool,
    may_change: bool,
) -> EntryView:
    """One series: what it says, its next dates, and what may be done with it."""
    tag, colour = TAGS[reminder.status]
    dates, here = coming(reminder, now)[:SHOWN], f"/reminders/{reminder.reminder_id}"
    doing = [
        _at(FORMS[name], here)
        for name in MAY_DO[reminder.status]
        if may_keep and (may_change or name != "resume")
    ]
    ways = [Way("/reminders", "All your reminders")]
    if may_change and reminder.status is not Status.ENDED:
        ways.insert(0, Way(f"{here}/change", "Change it"))
    posts = ((each, reminder.sent_on(each.day)) for each in dates)
    ways += [
        Way(f"/posts/{sent.post_id}", f"The post for {day_text(each.starts_at)}")
        for each, sent in posts
        if sent
    ]
    facts = (
        *_what(reminder, account),
        Fact("Next dates", tuple(_date(reminder, each) for each in dates)),
        *_who(reminder, names),
    )
    why = reminder.standing.why
    return EntryView(reminder.title, tag, colour, facts, (), tuple(doing), tuple(ways), why)


def _what(reminder: Reminder, account: Account) -> tuple[Fact, ...]:
    rule = reminder.rule
    return (
        Fact("Account", (account.title,)),
        Fact("Where to", tuple(platform_title(name) for name in reminder.platforms)),
        Fact("Words", tuple(reminder.text.split("\n"))),
        Fact("Place", (reminder.place,) if reminder.place else ()),
        Fact("When", (pattern_words(rule.pattern), _hours(rule), _days(rule))),
        Fact("Post due", (_due(rule),)),
        Fact("Not on", tuple(_said(day) for day in sorted(rule.skipped))),
        Fact("Moved", tuple(f"{_said(each.day)} to {_said(each.to)}" for each in rule.moved)),
    )


def _who(reminder: Reminder, names: Mapping[str, str]) -> tuple[Fact, ...]:
    standing, editor = reminder.standing, reminder.editor
    return (
        Fact("Its posts are by", (names.get(reminder.author, reminder.author),)),
        Fact("Changed by", (names.get(editor, editor),) if editor else ()),
        Fact("Since", (f"{moment_text(standing.since)}, {names.get(standing.by, standing.by)}",)),
    )


def shaped_view(shaped: Preview, seen: str) -> ShapedView:
    """What the form would do."""
    return ShapedView(
        tuple(DateView(each.starts_at, each.due_at) for each in shaped.dates),
        shaped.text,
        shaped.verdict.outcome,
        tuple(FindingView.of(finding.as_dict()) for finding in shaped.verdict.findings),
        seen,
    )


def pattern_words(pattern: Pattern) -> str:
    """How often, in words."""
    if isinstance(pattern, Weekly):
        days = [WEEKDAYS[day].capitalize() for day in sorted(pattern.weekdays)]
        return f"{_every(pattern.every, 'week')} on {', '.join(days)}"
    if isinstance(pattern, MonthlyByDay):
        return f"{_every(pattern.every, 'month')} on day {pattern.day}"
    day = WEEKDAYS[pattern.weekday].capitalize()
    return f"{_every(pattern.every, 'month')} on the {NTH_NAMES[pattern.nth]} {day}"


def _every(number: int, what: str) -> str:
    return f"Every {what}" if number == 1 else f"Every {number} {what}s"


def _hours(rule: Rule) -> str:
    return (
        f"{clock_text(rule.starts)} to {clock_text(rule.ends)}"
        if rule.ends
        else (f"From {clock_text(rule.starts)}")
    )


def _days(rule: Rule) -> str:
    words = f"{_said(rule.first_day)} to {_said(rule.last_day)}"
    return f"{words}, not on bank holidays" if rule.not_on_bank_holidays else words


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _due(rule: Rule) -> str:
    if isinstance(rule.due, HoursBefore):
        return f"{rule.due.hours} hours before it begins"
    days = f"{rule.due.days} days before" if rule.due.days else "on the day"
    return f"{'the day before' if rule.due.days == 1 else days}, at {clock_text(rule.due.at)}"


def _date(reminder: Reminder, occurrence: Occurrence) -> str:
    sent = reminder.sent_on(occurrence.day)
    until = f" to {clock_at(occurrence.ends_at)}" if occurrence.ends_at else ""
    when = f"{day_text(occurrence.starts_at)}, {clock_at(occurrence.starts_at)}{until}"
    post = "its post is sent in" if sent else f"its post is due at {moment_text(occurrence.due_at)}"
    return f"{when}; {post}"


def _row(reminder: Reminder, titles: Mapping[AccountId, str]) -> RegistryRow:
    tag, colour = TAGS[reminder.status]
    title = titles.get(reminder.account, reminder.account)
    words = f"{pattern_words(reminder.rule.pattern)}, {clock_text(reminder.rule.starts)}"
    address = f"/reminders/{reminder.reminder_id}"
    return RegistryRow(address, reminder.title, tag, colour, f"{title}. {words}")


def _at(form: FormView, address: str) -> FormView:
    return FormView(form.title, address, form.button, form.fields, form.act, form.sentence)
