"""One filled view of every face of the pages of takedowns and blocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from moderate import block_shown, takedown_forms, takedown_shown
from moderate.block_shown import BlockCase
from moderate.takedown_case import Case
from shared.accounts.registry import Handle, Role
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.pages.views import View
from shared.posts.block import Block, BlockState
from shared.posts.names import LeafId, PersonId, PlatformName
from shared.posts.takedown import Appeal, Deed, HouseRule, Takedown, TakedownState
from tests.builders import a_person, an_account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FACEBOOK = PlatformName("facebook")
ACCOUNT = an_account(
    handles=(
        Handle(FACEBOOK, "LeekNPT", "https://www.facebook.com"),
        Handle(PlatformName("x"), "LeekNPT", "https://x.com"),
    ),
    house_rules="https://moorshire.police.example/how-we-use-this-account",
)
CENTRE = a_person("comms-ray", role=Role.COMMS)
OFFICER = a_person("pc-okafor")
AUDITOR = a_person("aud-lind", role=Role.AUDITOR)
MANY = tuple(an_account(f"beat-{number}") for number in range(13))
TAKEDOWN = Takedown(
    "01J0000000000000000000000D",
    ACCOUNT.account_id,
    FACEBOOK,
    "123_456",
    "https://www.facebook.com/LeekNPT/posts/123?comment_id=456",
    HouseRule.PREJUDICIAL,
    "It names a street.\nA <witness> lives there.",
    Deed.HIDE,
    True,
    PersonId("comms-jo"),
    NOW,
)
EVIDENCE = {
    "text": "I know who did it,\n  he lives at 4 <Mill> Lane.",
    "author": "A. Passer-By",
    "handle": "passer.by",
    "at": "2026-11-20T09:12:00+00:00",
    "url": "https://www.facebook.com/123?comment_id=456",
    "raw": "{}",
}
LEAF = LeafId("01J0000000000000000000000L")
DONE = replace(
    TAKEDOWN,
    state=TakedownState.PROVED,
    evidence_leaf=LEAF,
    address="",
    told="It was looked for again: it is hidden.",
    ended_at=NOW + timedelta(minutes=2),
)
LEFT = replace(TAKEDOWN, state=TakedownState.LEFT, told="Facebook: not allowed.")
APPEAL = Appeal(NOW + timedelta(days=1), OFFICER.person_id, LeafId("01J0000000000000000000000M"))
HEARD = {"who": "Mrs Dalby <by letter>", "words": "It was\n a joke."}
DECIDED = replace(
    APPEAL,
    upheld=True,
    decided_by=CENTRE.person_id,
    decided_at=NOW + timedelta(days=2),
    why="It was a joke.\nSorry.",
)
NAMES = {each.person_id: each.name for each in (CENTRE, OFFICER)}
BLOCK = Block(
    TAKEDOWN.takedown_id,
    ACCOUNT.account_id,
    FACEBOOK,
    "99",
    "passer.by",
    "They go on and on.\nAsked twice.",
    CENTRE.person_id,
    NOW,
    date(2027, 2, 18),
    TAKEDOWN.takedown_id,
    BlockState.ACTIVE,
)
LIFTED = replace(
    BLOCK,
    state=BlockState.LIFTED,
    author_id="",
    handle="",
    lifted_by=CENTRE.person_id,
    lifted_at=NOW,
    lifted_why="A year is enough.",
)
WRONG_RULE = (
    FieldError("rule", "Choose the house rule it breaks. If it breaks none, leave it."),
    FieldError("comment", "Paste the address of the comment."),
)
NO_DAY = (FieldError("review_on", "Choose a day for looking at it again, within 365 days."),)
NO_DECISION = (FieldError("decision", "Choose."), FieldError("why", "Say why."))


def one(takedown: Takedown, reader: object = CENTRE, **more: object) -> View:
    evidence = EVIDENCE if takedown.evidence_leaf else None
    appealed = HEARD if takedown.appeal else None
    case = Case(takedown, ACCOUNT, evidence, appealed, NAMES)
    return takedown_shown.takedown_view(case, reader, **more)


def block(kept: Block, reader: object = CENTRE, **more: object) -> View:
    return block_shown.block_view(BlockCase(kept, ACCOUNT, NAMES), reader, **more)


VIEWS: dict[str, tuple[str, View]] = {
    "takedown-form": (
        "form",
        takedown_forms.ask_form(
            (ACCOUNT,),
            OFFICER,
            {"account": (ACCOUNT.account_id,), "platform": ("facebook",), "comment": ("123_456",)},
        ),
    ),
    "takedown-form-of-centre": ("form", takedown_forms.ask_form(MANY, CENTRE, {})),
    "takedown-form-wrong": (
        "form",
        takedown_forms.ask_form((ACCOUNT,), CENTRE, {"why": ("a\n b",)}, errors=WRONG_RULE),
    ),
    "takedowns": (
        "registry",
        RegistryView(
            "Comments taken down",
            "/takedowns?account=leek-npt",
            tuple(
                takedown_shown.row_of(replace(TAKEDOWN, state=state), {ACCOUNT.account_id: ACCOUNT})
                for state in TakedownState
            ),
            "a+b/c=",
            (Way("/takedowns/new", "Have a comment taken down"),),
        ),
    ),
    "takedown-asked": ("entry", one(TAKEDOWN)),
    "takedown-done": ("entry", one(DONE)),
    "takedown-done-of-auditor": ("entry", one(DONE, AUDITOR)),
    "takedown-by-hand": ("entry", one(LEFT)),
    "takedown-appealed": ("entry", one(replace(DONE, appeal=APPEAL))),
    "takedown-appealed-wrong": (
        "entry",
        one(replace(DONE, appeal=APPEAL), act="decide", typed={"why": ["\n "]}, errors=NO_DECISION),
    ),
    "takedown-shown-again": (
        "entry",
        one(replace(DONE, state=TakedownState.UNDONE, appeal=DECIDED)),
    ),
    "takedown-erased": (
        "entry",
        takedown_shown.takedown_view(
            Case(replace(DONE, appeal=APPEAL), ACCOUNT, names=NAMES), OFFICER
        ),
    ),
    "block-form": ("form", block_shown.ask_form((ACCOUNT,), {})),
    "block-form-wrong": ("form", block_shown.ask_form((ACCOUNT,), {}, errors=NO_DAY)),
    "blocks": (
        "registry",
        RegistryView(
            "Blocks",
            "/blocks",
            tuple(
                block_shown.row_of(
                    replace(BLOCK, state=state), {ACCOUNT.account_id: ACCOUNT}, date(2027, 2, day)
                )
                for state in BlockState
                for day in (17, 18)
            ),
            "a+b/c=",
            (Way("/blocks/new", "Block somebody"),),
        ),
    ),
    "block": ("entry", block(BLOCK)),
    "block-wrong": (
        "entry",
        block(BLOCK, act="renew", typed={"review_on": ["2026-01-01"]}, errors=NO_DAY),
    ),
    "block-of-auditor": ("entry", block(BLOCK, AUDITOR)),
    "block-by-hand": ("entry", block(replace(BLOCK, state=BlockState.LEFT, told="Not allowed."))),
    "block-lifted": ("entry", block(LIFTED)),
}
