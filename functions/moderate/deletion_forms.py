"""The form to ask for a deletion: what it says first, and every field with what it is for."""

from collections.abc import Iterable, Mapping

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.posts.deletion import Ground

Typed = Mapping[str, tuple[str, ...]]

GROUNDS = {
    Ground.ILLEGAL: "It is against the law",
    Ground.OFFENSIVE: "It is offensive",
    Ground.PREJUDICIAL: "It may prejudice an investigation or a trial",
    Ground.FACTUAL_DANGER: "What it says is wrong and puts people in danger",
}
LAST_RESORT = (
    "Deleting is the last resort. A mistake is corrected, with an apology, and stays to be read. "
    "Copies survive: what was out can be shown again by anybody. Nothing is removed before its "
    "exact words, and who decided, are on record."
)
WORDS = (
    ("why", "What is wrong with it?", "For the centre and the record; the public does not see it."),
    ("note", "What is the public told?", "Why something was deleted, without repeating it."),
    ("copies", "Where do copies stand?", "As far as you know: reshares, screenshots, newspapers."),
)
AT_ONCE = Option("yes", "It cannot wait: begin now, somebody else looks at it afterwards")
ALL = Way("/deletions", "All deletions")
TYPED = ("posts", "ground", "why", "note", "copies", "at_once")


def ask_form(
    names: Iterable[str],
    person: Person,
    *,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> FormView:
    """The form to ask; no ground is chosen beforehand."""
    sent = typed or {}
    named = sent.get("posts") or ("\n".join(names),)
    grounds = tuple(Option(ground.value, words) for ground, words in GROUNDS.items())
    fields = (
        FieldView("posts", "Posts", "lines", named, "Each as it is named, one a line."),
        FieldView("ground", "On which ground?", "choice", sent.get("ground", ()), options=grounds),
        *(FieldView(name, label, "lines", sent.get(name, ()), hint) for name, label, hint in WORDS),
    )
    if may(person, Right.DELETE_AT_ONCE).allowed:
        chosen = sent.get("at_once", ())
        once = FieldView("at_once", "Can it wait?", "checks", chosen, options=(AT_ONCE,))
        fields = (*fields, once)
    return FormView(
        "Ask for posts to be deleted",
        "/deletions/new",
        "Ask for it",
        fields,
        sentence=LAST_RESORT,
        errors=errors,
        back=ALL,
    )
