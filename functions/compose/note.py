"""The public note of a deletion: a post of its own that says why something was taken away (C13).

It is checked and approved as any other post, and names its deletion. Only the accounts that a
deletion was about say so, and only once it is over: before, the words may still stand.
"""

from compose.errors import MayNotPostError
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_post
from shared.posts.content import Draft
from shared.posts.deletion import Deletion, DeletionState
from shared.posts.errors import InvalidDraftError
from shared.posts.names import AccountId, PlatformName
from shared.posts.threads import part_of
from shared.records.deletions import Deletions, Whole
from shared.records.errors import NotFoundError

FIELD = "note_of"
NO_SUCH = "There is no such deletion. Open the deletion, and begin from there."
NOT_OVER = "This deletion is not over yet. Say why once it is gone."
NOT_THEIRS = "This deletion was of another account's posts. That account says why."
OVER = frozenset({DeletionState.REMOVED, DeletionState.PARTLY_REMOVED})


def check_note(deletion_id: str, account: AccountId, deletions: Deletions) -> Deletion:
    """The deletion that a post of this account may be the note of; InvalidDraftError."""
    try:
        deletion = deletions.get(deletion_id)
    except NotFoundError as error:
        raise InvalidDraftError(FIELD, NO_SUCH) from error
    if account not in deletion.accounts:
        raise InvalidDraftError(FIELD, NOT_THEIRS)
    if deletion.state not in OVER:
        raise InvalidDraftError(FIELD, NOT_OVER)
    return deletion


def note_draft(deletion_id: str, account: Account, person: Person, deletions: Deletions) -> Draft:
    """The note as it was written when the deletion was asked for, said where the posts stood;
    NotFoundError, MayNotPostError, InvalidDraftError."""
    answer = may_post(person, account)
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    deletion = check_note(deletion_id, account.account_id, deletions)
    platforms = _stood_on(deletions.whole(deletion_id), account)
    return Draft(deletion.asked.note, account.account_id, platforms)


def _stood_on(whole: Whole, account: Account) -> tuple[PlatformName, ...]:
    """The platforms that the account's posts were taken away from, where it still has a voice."""
    places = (each.place for each in whole.targets if each.account == account.account_id)
    platforms = dict.fromkeys(part_of(place)[0] for place in places)
    return tuple(name for name in platforms if account.handle(name) is not None)
