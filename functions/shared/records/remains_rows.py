"""What each table's row says of the thing it holds, as far as it decides when that may go.

One function for each kind, of the row that is found by the thing's name; of a post all versions.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from shared.followers.review import ReviewState
from shared.months.remains import Kind, Remains, names_in
from shared.posts.block import BlockState
from shared.posts.life import ENDINGS, State
from shared.posts.series import Status
from shared.recordlog.erasure import State as Erased
from shared.records.checks import CHECK
from shared.records.deletion_entries import deletion_of
from shared.records.deletion_rows import DeletionRow
from shared.records.erasures import erasure_of
from shared.records.exception_rows import DRIFT_CLOSED, ExceptionRow
from shared.records.exceptions import exception_of
from shared.records.impostor_rows import ImpostorRow
from shared.records.incident_entries import incident_of
from shared.records.incident_rows import IncidentRow
from shared.records.log_rows import ErasureRow
from shared.records.mention_entries import mention_of
from shared.records.mention_rows import MentionRow
from shared.records.picture_rows import PictureRow
from shared.records.pictures import kept_of
from shared.records.reminder_entries import reminder_of
from shared.records.reminder_rows import ReminderRow
from shared.records.report_rows import ReportRow
from shared.records.review_entries import review_of
from shared.records.review_rows import ReviewRow
from shared.records.rows import PostRow
from shared.records.sample_rows import SampleRow
from shared.records.spelling import from_json
from shared.records.takedown_entries import block_of, takedown_of
from shared.records.takedown_rows import BlockRow, TakedownRow


def post_remains(
    versions: Sequence[PostRow], besides: Iterable[str], deciders: Iterable[str], *, waits: bool
) -> Remains:
    """A post by all its versions: `besides` are names that other rows lead to from it, `deciders`
    ids of people who decided about it; `waits` says that its appeal, if it began one, lasts."""
    name = versions[0].post_id
    spoken = (row.draft for row in versions), (row.correction or "" for row in versions)
    notes = (f"{row.note_of or ''} {row.incident or ''}" for row in versions)
    people = {*deciders, *(row.author for row in versions)}
    people |= {row.editor for row in versions if row.editor}
    is_over = all(State(row.state) in ENDINGS and not row.urgent_open for row in versions)
    return Remains(
        Kind.POST,
        name,
        _names([*spoken[0], *spoken[1], *notes], name) | {*besides},
        is_over=is_over and not waits,
        about=_about({row.account for row in versions}, people),
    )


def picture_remains(row: PictureRow, kept: tuple[str, ...]) -> Remains:
    """A picture or a video; it waits for nobody."""
    found = kept_of(row)
    uploader = [found.picture.uploaded_by]
    posts = frozenset[str](found.posts)
    return Remains(Kind.PICTURE, row.picture_id, posts, about=_about([], uploader), kept=kept)


def deletion_remains(row: DeletionRow, besides: Iterable[str]) -> Remains:
    """A deletion, over once nobody decides, carries out or reviews it."""
    deletion = deletion_of(row)
    said = (deletion.asked, deletion.ruling, deletion.review)
    return Remains(
        Kind.DELETION,
        row.deletion_id,
        _names([row.entry], row.deletion_id) | {*besides},
        is_over=row.open is None,
        about=_about(deletion.accounts, [each.by for each in said if each]),
    )


def exception_remains(row: ExceptionRow) -> Remains:
    """An exception, over once somebody said how it came about."""
    found = exception_of(row)
    closer = [found.closed.by] if found.closed else []
    return Remains(
        Kind.EXCEPTION,
        row.exception_id,
        _names([row.entry], row.exception_id),
        is_over=not found.is_open,
        about=_about([found.account], closer),
    )


def takedown_remains(row: TakedownRow) -> Remains:
    """A takedown, over once no machine is at it and no appeal of it waits."""
    takedown = takedown_of(row)
    appeal = takedown.appeal
    undecided = appeal is not None and appeal.upheld is None
    people = [takedown.asked_by, *([appeal.entered_by] if appeal else [])]
    return Remains(
        Kind.TAKEDOWN,
        row.takedown_id,
        _names([row.entry], row.takedown_id),
        is_over=not takedown.is_moving and not undecided,
        about=_about([row.account], people),
    )


def block_remains(row: BlockRow) -> Remains:
    """A block, over once whoever it keeps off was let in again."""
    block = block_of(row)
    people = [block.by, *([block.lifted_by] if block.lifted_by else [])]
    return Remains(
        Kind.BLOCK,
        row.block_id,
        _names([row.entry], row.block_id),
        is_over=block.state is BlockState.LIFTED,
        about=_about([block.account], people),
    )


def mention_remains(row: MentionRow) -> Remains:
    """A mention, over once nobody has to see to it."""
    mention = mention_of(row)
    people = [mention.settled.by] if mention.settled else []
    return Remains(
        Kind.MENTION,
        row.mention_id,
        is_over=not mention.is_open,
        about=_about([row.account], people),
    )


def check_remains(row: MentionRow) -> Remains:
    """That somebody looked through an account on a day."""
    account = row.mention_id.removeprefix(CHECK).partition("/")[0]
    checker: dict[str, Any] = from_json(row.entry)
    return Remains(Kind.CHECK, row.mention_id, about=_about([account], [checker["by"]]))


def review_remains(row: ReviewRow) -> Remains:
    """A review of followers, over once both sides signed."""
    review = review_of(row)
    people = [each.by for each in review.signed.values()]
    over = review.state is ReviewState.SIGNED
    about = _about([review.account], people)
    return Remains(Kind.REVIEW, row.review_id, is_over=over, about=about)


def reminder_remains(row: ReminderRow) -> Remains:
    """A series of reminders, over once it ended."""
    reminder = reminder_of(row)
    return Remains(
        Kind.REMINDER,
        row.reminder_id,
        is_over=reminder.standing.status is Status.ENDED,
        about=_about([row.account], [row.author]),
    )


def incident_remains(row: IncidentRow) -> Remains:
    """A critical incident, over once it was stood down."""
    return _of_entry(Kind.INCIDENT, row.incident_id, row.entry, is_over=not incident_of(row).active)


def erasure_remains(row: ErasureRow) -> Remains:
    """An erasure, over once it was carried out or refused."""
    over = erasure_of(row).state in {Erased.DONE, Erased.REFUSED}
    return _of_entry(Kind.ERASURE, row.erasure_id, row.entry, is_over=over)


def drift_remains(row: ExceptionRow) -> Remains:
    """A drift, over once it was closed."""
    over = row.listed == DRIFT_CLOSED
    return _of_entry(Kind.DRIFT, row.exception_id, row.entry, is_over=over)


def impostor_remains(row: ImpostorRow) -> Remains:
    """A case of an impostor, over once nobody has to do anything in it."""
    return _of_entry(Kind.IMPOSTOR, row.case_id, row.entry, is_over=row.open is None)


def sample_remains(row: SampleRow) -> Remains:
    """A dip sample, over once nobody has to do anything about it."""
    return _of_entry(Kind.SAMPLE, row.sample_id, row.entry, is_over=row.open is None)


def report_remains(row: ReportRow) -> Remains:
    """A monthly report; it waits for nobody."""
    return _of_entry(Kind.REPORT, row.report_id, row.entry, is_over=True)


def _of_entry(kind: Kind, name: str, entry: str, *, is_over: bool) -> Remains:
    """A thing that is one row, by what its entry says."""
    said: dict[str, Any] = from_json(entry)
    account = [said["account"]] if isinstance(said.get("account"), str) else []
    about = _about(account, _people_in(said))
    return Remains(kind, name, _names([entry], name), is_over=is_over, about=about)


def _people_in(value: Any) -> Iterator[str]:
    """Whoever an entry says that something was done by."""
    if isinstance(value, dict):
        for field, each in value.items():
            if isinstance(each, str) and (field == "by" or field.endswith("_by")):
                yield each
            else:
                yield from _people_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _people_in(each)


def _names(texts: Iterable[str], own: str) -> frozenset[str]:
    return names_in("\n".join(texts).encode(errors="replace")) - {own}


def _about(accounts: Iterable[str], people: Iterable[str]) -> frozenset[str]:
    whose = (f"account:{each}" for each in accounts)
    return frozenset([*whose, *(f"person:{each}" for each in people)])
