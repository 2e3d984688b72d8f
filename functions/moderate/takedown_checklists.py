"""What a person does about somebody else's comment where no machine can, step by step."""

from shared.posts.names import PlatformName
from shared.posts.takedown import Deed, Takedown

KEEP_FIRST = (
    "Before you touch it, write down exactly what it says, who wrote it and when: the form below "
    "asks for it, and afterwards nobody can."
)
FIND = "Sign in there as the account and open the comment by its address."
HOW = {
    Deed.HIDE: "Choose the three dots beside it, then what hides it.",
    Deed.DELETE: "Choose the three dots beside it, then what deletes it.",
    Deed.REPORT: "Choose the three dots beside it, then Report, and say which rule it breaks.",
}
BY_OTHERS = {
    PlatformName("facebook"): {Deed.HIDE: "Choose the three dots beside it, then Hide comment."},
    PlatformName("x"): {Deed.HIDE: "Choose the three dots beside it, then Hide reply."},
    PlatformName("bluesky"): {
        Deed.HIDE: "Choose the three dots beside it, then Hide reply for everyone."
    },
}
SHOW_AGAIN = "An appeal was upheld: take back what hides it, by the same three dots."
LOOK = "Then open the post in a window that is not signed in: it has to be gone from there."
LOOK_BACK = "Then open the post in a window that is not signed in: it has to be back."


def checklist(takedown: Takedown) -> tuple[str, ...]:
    """What a person does, in order."""
    if takedown.appeal is not None and takedown.appeal.upheld:
        return (FIND, SHOW_AGAIN, LOOK_BACK)
    first = () if takedown.evidence_leaf else (KEEP_FIRST,)
    how = BY_OTHERS.get(takedown.platform, {}).get(takedown.deed, HOW[takedown.deed])
    look = () if takedown.deed is Deed.REPORT else (LOOK,)
    return (*first, FIND, how, *look)
