"""The note of a deletion: by an account it was about, once it is over, where its posts stood."""

from dataclasses import dataclass, replace

import pytest

from compose.errors import MayNotPostError
from compose.note import NO_SUCH, NOT_OVER, NOT_THEIRS, check_note, note_draft
from compose.reading import Wanted
from compose.submit import submit
from compose.told import submitted_acts
from shared.accounts.registry import Handle
from shared.posts.deletion import DeletionState, DeletionTarget, Evidence, Removal
from shared.posts.errors import InvalidDraftError
from shared.posts.names import AccountId, PlatformName
from shared.records.deletions import Whole
from shared.records.errors import NotFoundError
from tests.builders import NOW, a_draft, a_person, a_post, a_post_id, an_account
from tests.unit.compose.desks import a_desk
from tests.unit.publish.taking_away import a_deletion

POST = a_post()
DELETION = replace(a_deletion(POST), state=DeletionState.REMOVED)
HANDLES = tuple(Handle(PlatformName(n), "r", "https://x.example") for n in ("x", "mastodon"))
ACCOUNT = an_account(handles=HANDLES)
OFFICER = a_person()


@dataclass
class Kept:
    """One deletion, whose posts stood at these places."""

    deletion: object = DELETION
    places: tuple = ("mastodon", "mastodon#2", "x", "linkedin")

    def get(self, deletion_id):
        if deletion_id != DELETION.deletion_id:
            raise NotFoundError("deletion", deletion_id)
        return self.deletion

    def whole(self, _deletion_id):
        return Whole(self.deletion, tuple(map(a_target, self.places)))


def a_target(place, account=ACCOUNT.account_id):
    evidence = Evidence(NOW, "Words.", None, "", (), "", "", NOW, {})
    return DeletionTarget(
        DELETION.deletion_id, POST.post_id, 1, place, account, Removal.PROVED, evidence
    )


def test_it_begins_with_the_note_where_the_posts_stood():
    draft = note_draft(DELETION.deletion_id, ACCOUNT, OFFICER, Kept())

    assert draft.text == DELETION.asked.note
    assert draft.account == ACCOUNT.account_id
    assert draft.platforms == ("mastodon", "x")  # and no more where it has no voice


@pytest.mark.parametrize("state", sorted(set(DeletionState) - {"removed", "partly_removed"}))
def test_before_it_is_over_nothing_is_said(state):
    kept = Kept(replace(DELETION, state=state))

    with pytest.raises(InvalidDraftError, match=NOT_OVER):
        check_note(DELETION.deletion_id, ACCOUNT.account_id, kept)


def test_another_account_says_nothing_of_it():
    with pytest.raises(InvalidDraftError, match=NOT_THEIRS):
        check_note(DELETION.deletion_id, AccountId("leek"), Kept())


def test_of_what_there_is_not_nothing_is_said():
    with pytest.raises(InvalidDraftError, match=NO_SUCH):
        check_note("01X", ACCOUNT.account_id, Kept())


def test_whoever_does_not_post_for_the_account_writes_none():
    with pytest.raises(MayNotPostError):
        note_draft(DELETION.deletion_id, ACCOUNT, a_person("pc-nobody"), Kept())


def submitted(wanted, desk):
    return submit(wanted, OFFICER, an_account(), desk, post_id=a_post_id(), now=NOW)


def test_the_post_names_its_deletion_and_so_does_its_leaf():
    post = submitted(Wanted(a_draft(), note_of="01D"), a_desk()[2])

    assert post.note_of == "01D"
    [act, *_] = submitted_acts(post)
    assert act.payload["note_of"] == "01D"


def test_a_newer_version_of_a_note_is_the_note_of_the_same_deletion():
    *_, desk = a_desk()
    first = submitted(Wanted(a_draft(), note_of="01D"), desk)

    second = submitted(
        Wanted(a_draft("In other words."), replaces=(first.post_id, first.version)), desk
    )

    assert (second.version, second.note_of) == (2, "01D")


def test_most_posts_are_the_note_of_nothing():
    post = submitted(Wanted(a_draft()), a_desk()[2])

    assert post.note_of is None
    assert "note_of" not in submitted_acts(post)[0].payload
