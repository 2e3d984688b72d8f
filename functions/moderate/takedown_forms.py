"""The forms of takedowns: asking, an appeal and what is said of it, and what was done by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.pages.account_field import account_field
from shared.pages.forms import SUBMISSION
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.pages.words import platform_title
from shared.posts.capabilities import TITLES, Can, capabilities
from shared.posts.names import PlatformName
from shared.posts.takedown import Deed, HouseRule, Takedown

Typed = Mapping[str, Sequence[str]]

RULES = {
    HouseRule.ILLEGAL: "It is against the law",
    HouseRule.OFFENSIVE: "It is offensive",
    HouseRule.PREJUDICIAL: "It may prejudice an investigation or a trial",
    HouseRule.THREAT: "It threatens somebody",
    HouseRule.PERSONAL_DATA: "It gives away somebody’s personal details",
    HouseRule.SPAM: "It is spam",
}
DEEDS = {
    Deed.HIDE: "Hide it",
    Deed.DELETE: "Delete it for good",
    Deed.REPORT: "Report it to the platform, and leave it there",
}
ABLE = (Can.HIDE_COMMENT, Can.DELETE_COMMENT, Can.REPORT_COMMENT)
BREAKS_NO_RULE = (
    "Nobody’s comment goes because it disagrees with us, criticises us or is pointless. What it "
    "says, who wrote it and when are on record before it goes, and whoever wrote it may appeal. "
    "One that may prejudice an investigation is better hidden than deleted; the centre hears of it."
)
NOBODY_NAMED = "Name nobody here: this stays on record. Words and names have fields of their own."
ADDRESS_HINT = "Open the comment there and copy its address; its number will do as well."
BLOCK_TOO = Option("yes", "Block whoever wrote it; somebody looks at that again in 90 days")
ALL = Way("/takedowns", "All takedowns")
TYPED = ("account", "platform", "comment", "rule", "why", "deed", "block", SUBMISSION)
SEALED_HINT = "It is kept sealed, and can be erased."
UPHELD, TURNED_DOWN = "uphold", "turn-down"


def ask_form(
    accounts: Iterable[Account],
    person: Person,
    typed: Typed,
    *,
    errors: tuple[FieldError, ...] = (),
) -> FormView:
    """The form to ask, for the accounts this person speaks for; no rule and no deed is chosen
    beforehand."""
    own = tuple(accounts)
    named = dict.fromkeys(handle.platform for each in own for handle in each.handles)
    platforms = tuple(Option(name, platform_title(name)) for name in named)
    deeds = tuple(Option(deed.value, words) for deed, words in DEEDS.items())
    rules = tuple(Option(rule.value, words) for rule, words in RULES.items())
    where = typed.get("platform", ())
    fields: tuple[FieldView, ...] = (
        FieldView(SUBMISSION, SUBMISSION, "hidden"),
        account_field(own),
        FieldView("platform", "Where it stands", "choice", options=platforms),
        FieldView("comment", "The comment", hint=ADDRESS_HINT),
        FieldView("rule", "Which house rule does it break?", "choice", options=rules),
        FieldView("why", "What is wrong with it?", "lines", hint=NOBODY_NAMED),
        FieldView("deed", "What is to happen?", "choice", (), _unable(where), deeds),
    )
    if may(person, Right.BLOCK).allowed:
        fields += (FieldView("block", "Whoever wrote it", "checks", options=(BLOCK_TOO,)),)
    return FormView(
        "Have a comment taken down",
        "/takedowns/new",
        "Take it down",
        tuple(replace(each, values=tuple(typed.get(each.name, ()))) for each in fields),
        sentence=BREAKS_NO_RULE,
        errors=errors,
        back=ALL,
    )


def _unable(platforms: Sequence[str]) -> str:
    """What the platform, where it is known by now, cannot do."""
    if len(platforms) != 1 or platforms[0] not in TITLES:
        return ""
    able = capabilities(PlatformName(platforms[0]))
    return " ".join(filter(None, map(able.sentence, ABLE)))


def appeal_form() -> FormView:
    """Somebody appeals, by whichever way they wrote to us."""
    fields = (
        FieldView("who", "Who appeals?", hint=f"As far as they say. {SEALED_HINT}"),
        FieldView("words", "In their words", "lines", hint=SEALED_HINT),
    )
    return FormView("Somebody appeals", "", "Keep the appeal", fields, act="appeal")


def decide_form(takedown: Takedown) -> FormView:
    """Whether it was right; nothing is chosen beforehand."""
    again = "No, show it again" if takedown.deed is Deed.HIDE else "No, it was wrong"
    options = (Option(UPHELD, again), Option(TURNED_DOWN, "Yes, it stays away"))
    fields = (
        FieldView("decision", "Was it right to take it down?", "choice", options=options),
        FieldView("why", "Your reason", "lines", hint=f"For whoever appealed. {NOBODY_NAMED}"),
    )
    return FormView("Decide the appeal", "", "Send your decision", fields, act="decide")


def hand_form(takedown: Takedown) -> FormView:
    """What a person says who did what no machine could."""
    fields: tuple[FieldView, ...] = (
        FieldView("why", "What did you do?", "lines", hint="And how you saw that it worked."),
    )
    if takedown.evidence_leaf is None:
        fields = (
            FieldView("text", "What it says", "lines", hint=f"To the letter. {SEALED_HINT}"),
            FieldView("author", "Who wrote it", hint=f"As they are called there. {SEALED_HINT}"),
            FieldView("written", "When it was written", hint="As it says there."),
            *fields,
        )
    return FormView("I did it by hand", "", "It is done", fields, act="hand")
