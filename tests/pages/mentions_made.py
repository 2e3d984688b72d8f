"""One filled view of every face of the pages of mentions."""

from dataclasses import replace
from datetime import timedelta

from compose.reply import NO_WORDS, Said
from compose.reply_pages import reply_form
from moderate.mention_case import MentionCase
from moderate.mention_forms import check_form
from moderate.mention_shown import mention_view, worklist
from moderate.settle_many import ALONE, Settling
from moderate.theme_shown import theme_view
from shared.identity.visitor import Visitor
from shared.mentions.mention import Desk, Mention, MentionState, Outcome, Settled
from shared.pages.parts import FieldError
from shared.pages.views import View
from shared.posts.names import LeafId, PersonId, PlatformName, PostId
from shared.records.ears import Ear
from tests.builders import NOW
from tests.pages.takedowns_made import ACCOUNT, CENTRE, FACEBOOK, LEAF, MANY, NAMES

MENTION = Mention("a" * 32, ACCOUNT.account_id, FACEBOOK, NOW, NOW, LeafId(LEAF))
SAID = {
    "text": "Why is the <b>Harbour Bridge</b> road closed?\n  I am late.",
    "author": "A. Passer-By",
    "handle": "passer.by",
    "url": "https://www.facebook.com/123?comment_id=456",
    "platform_id": "123_456",
}
CALL = replace(MENTION, mention_id="b" * 32, calls=True)
TOOT = replace(MENTION, mention_id="c" * 32, platform=PlatformName("mastodon"))
PRIVATE = replace(MENTION, private=True)
HANDED = Outcome(MentionState.HANDED_ON, "They ask for\nfigures.", desk=Desk.FOI)
SETTLED = replace(MENTION, settled=Settled(HANDED, PersonId("comms-ray"), NOW))
VISITOR = Visitor(CENTRE, "token-of-a-session")
ACCOUNTS = {ACCOUNT.account_id: ACCOUNT}
WRONG = (FieldError("why", "Say why nobody needs to answer. It is kept."),)


def case(mention: Mention, **said: str) -> MentionCase:
    return MentionCase(mention, ACCOUNT, {**SAID, **said}, NAMES)


ALIKE = [case(replace(MENTION, mention_id=f"{number:032d}")) for number in range(5)]

VIEWS: dict[str, tuple[str, View]] = {
    "mentions": (
        "registry",
        worklist(
            [
                case(CALL, text="Help me please, " + "he has a knife. " * 20),
                *ALIKE,
                case(SETTLED),
                MentionCase(MENTION, ACCOUNT),
            ],
            [Ear(ACCOUNT.account_id, FACEBOOK, fault="No <keys>.", since=NOW)],
            ACCOUNTS,
            NOW + timedelta(days=2),
            cursor="a+b/c=",
            may_check=True,
        ),
    ),
    "theme": ("entry", theme_view([case(CALL), *ALIKE], CENTRE)),
    "theme-some-left": (
        "entry",
        theme_view(
            [case(CALL, text="Help me please, " + "he has a knife. " * 20)],
            CENTRE,
            left=(Settling(CALL.mention_id, None, ALONE),),
        ),
    ),
    "mention-call": ("entry", mention_view(case(CALL), CENTRE, NOW)),
    "mention-tap": ("entry", mention_view(case(TOOT), CENTRE, NOW, token="t" * 43)),
    "mention-call-tap": (
        "entry",
        mention_view(
            case(replace(TOOT, calls=True, answering=PostId("01J0000000000000000000000C"))),
            CENTRE,
            NOW,
            token="t" * 43,
        ),
    ),
    "reply-wrong": (
        "form",
        replace(
            reply_form(Said(TOOT, ACCOUNT, SAID), {"words": ["a\n <b>"]}, VISITOR),
            errors=(FieldError("words", NO_WORDS), FieldError("follow_up", "Name a day.")),
        ),
    ),
    "mention-private-wrong": (
        "entry",
        mention_view(
            case(PRIVATE), CENTRE, NOW, act="left", typed={"why": ["a\n b"]}, errors=WRONG
        ),
    ),
    "mention-check": ("form", check_form(MANY, (FieldError("account", "Choose."),))),
}
