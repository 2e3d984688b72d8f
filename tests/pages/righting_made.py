"""One filled view of every face of the pages of corrections and deletions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from compose import correction_pages, note_pages
from moderate import deletion_forms, deletion_shown
from moderate.deletion_room import Case
from shared.accounts.registry import Role
from shared.pages.author_views import RightedView
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.pages.views import View
from shared.posts.deletion import (
    Asked,
    Deletion,
    DeletionState,
    DeletionTarget,
    Evidence,
    Ground,
    Removal,
    Said,
    Version,
)
from shared.posts.life import State
from shared.posts.names import AccountId, PersonId, PostId
from shared.records.deletions import Whole
from tests.builders import a_draft, a_person, a_post, an_account
from tests.pages.made_views import a_post_view

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
OTHER = PostId("01J0000000000000000000000C")
POST = a_post("The witness lives\n  in <b> Mill  Lane.", state=State.PUBLISHED)
ACCOUNT = an_account(account_id=POST.draft.account)
NOTE = a_draft("We removed a post.", account=ACCOUNT.account_id)
CENTRE = a_person("comms-ray", role=Role.COMMS)
OFFICER = a_person("pc-okafor")
ASKED = Asked(
    OFFICER.person_id,
    NOW,
    Ground.PREJUDICIAL,
    "It names a street.\nA <witness> lives there.",
    "We removed a post that could harm an investigation.",
    "A newspaper  has it.",
)
YES = Said(PersonId("comms-jo"), NOW, approved=True, reason="It has to go.")
DELETION = Deletion(
    "01J0000000000000000000000D",
    (Version(POST.post_id, POST.version),),
    (AccountId(POST.draft.account),),
    ASKED,
    DeletionState.ASKED,
)
EVIDENCE = Evidence(
    NOW,
    POST.draft.text,
    "The witness lives in Mill Lane. (edited)",
    "",
    (("ab" * 32, "A lane."),),
    "77",
    "https://bsky.app/profile/x/post/77",
    NOW - timedelta(hours=3),
    {"sent_platform_id": "77"},
)
GONE = DeletionTarget(
    DELETION.deletion_id,
    POST.post_id,
    POST.version,
    "bluesky#2",
    POST.draft.account,
    Removal.PROVED,
    EVIDENCE,
    removed_at=NOW,
    proved_at=NOW + timedelta(minutes=5),
)
LEFT = replace(
    GONE,
    place="facebook",
    state=Removal.LEFT,
    evidence=replace(EVIDENCE, shown=None, unread="No answer.", url=""),
    removed_at=None,
    proved_at=None,
    reason="Facebook: not allowed.",
)
WRONG = (
    FieldError("ground", "Choose the ground. If none of them fits, correct it instead."),
    FieldError("posts", "Name the posts."),
)
ACCOUNTS = {ACCOUNT.account_id: ACCOUNT}


def a_case(deletion: Deletion, *targets: DeletionTarget) -> Case:
    people = {CENTRE.person_id: CENTRE, OFFICER.person_id: OFFICER}
    return Case(Whole(deletion, targets), (POST,), ACCOUNTS, people)


def one(state: DeletionState, *targets: DeletionTarget, **more: object) -> View:
    deletion = replace(DELETION, state=state, ruling=YES, ended_at=NOW, **more)
    return deletion_shown.deletion_view(a_case(deletion, *targets), CENTRE)


VIEWS: dict[str, tuple[str, View]] = {
    "deletion-form": ("form", deletion_forms.ask_form(["01J-1"], CENTRE)),
    "deletion-form-wrong": (
        "form",
        deletion_forms.ask_form([], OFFICER, typed={"why": ("a\n b",)}, errors=WRONG),
    ),
    "deletions": (
        "registry",
        RegistryView(
            "Deletions",
            "/deletions",
            tuple(
                deletion_shown.row_of(replace(DELETION, state=state), ACCOUNTS)
                for state in DeletionState
            ),
            "a+b/c=",
            (Way("/deletions/new", "Ask"),),
        ),
    ),
    "deletion-waits": ("entry", deletion_shown.deletion_view(a_case(DELETION), CENTRE)),
    "deletion-of-officer": ("entry", deletion_shown.deletion_view(a_case(DELETION), OFFICER)),
    "deletion-gone": ("entry", one(DeletionState.REMOVED, GONE)),
    "deletion-by-hand": ("entry", one(DeletionState.PARTLY_REMOVED, GONE, LEFT)),
    "deletion-noted": (
        "entry",
        deletion_shown.deletion_view(
            replace(
                a_case(replace(DELETION, state=DeletionState.REMOVED, ended_at=NOW), GONE),
                notes=(POST, replace(POST, state=State.REJECTED)),
            ),
            CENTRE,
        ),
    ),
    "deletion-to-be-noted": (
        "entry",
        deletion_shown.deletion_view(
            a_case(replace(DELETION, state=DeletionState.REMOVED, ended_at=NOW), GONE), CENTRE
        ),
    ),
    "note-form": (
        "form",
        note_pages.note_form(
            DELETION.deletion_id,
            ACCOUNT,
            NOTE,
            {"words": ["A\n  <b>note</b>."], "platforms": ["sandbox"]},
        ),
    ),
    "note-form-wrong": (
        "form",
        replace(
            note_pages.note_form(DELETION.deletion_id, ACCOUNT, NOTE, {}),
            errors=(FieldError("platforms", note_pages.NOWHERE),),
        ),
    ),
    "deletion-at-once": (
        "entry",
        one(DeletionState.REMOVED, GONE, asked=replace(ASKED, at_once=True)),
    ),
    "correction-form": (
        "form",
        correction_pages.correction_form(POST, {"words": [POST.draft.text]}),
    ),
    "correction-form-wrong": (
        "form",
        replace(
            correction_pages.correction_form(POST, {"words": ["a\n  b"], "closes_thread": ["yes"]}),
            errors=(FieldError("apology", "Begin with an apology: one sentence, plainly."),),
        ),
    ),
    "post-to-correct": (
        "post",
        a_post_view(righted=RightedView(may_correct=True), may_delete=True),
    ),
    "post-corrected": (
        "post",
        a_post_view(righted=RightedView(may_correct=True, corrected_by=(OTHER,), closed=True)),
    ),
    "post-that-is-a-note": ("post", a_post_view(righted=RightedView(note_of="01J"))),
    "post-that-answers": ("post", a_post_view(righted=RightedView(answers="a" * 32))),
    "post-that-corrects": ("post", a_post_view(righted=RightedView(corrects=OTHER))),
}
