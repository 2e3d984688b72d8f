"""Words to copy into an answer, cleared once for everybody (policy D10, D12, N26, N27).

Nobody's case is talked about where all can read it, and no call for help is taken: who is in need
is sent to 999 and 101. The team's own e-mail address is for those only who wrote in private.
"""

from shared.accounts.registry import Account
from shared.mentions.mention import Mention

CALL = (
    "We cannot take calls for help here. If somebody is in danger, ring 999 now; if you cannot "
    "speak, press 55 on a mobile. Otherwise ring 101 or report it on our website."
)
CALL_IN_WELSH = (
    "Ni allwn dderbyn galwadau am gymorth yma. Os oes rhywun mewn perygl, ffoniwch 999 nawr; os na "
    "allwch siarad, pwyswch 55 ar ffôn symudol. Fel arall, ffoniwch 101."
)
REPORT = "We cannot take reports here. Ring 101 or use our website; in an emergency ring 999."
HOLDING = "Thank you for asking. We are finding out and will answer you here."
PRIVATE = (
    "These messages are not secure, so please leave personal details out. To go on in private, "
    "write to {0}. In an emergency ring 999."
)


def set_answers(mention: Mention, account: Account) -> tuple[str, ...]:
    """Those that fit, the likeliest first."""
    if mention.calls:
        return (CALL, CALL_IN_WELSH)
    private = (PRIVATE.format(account.email),) if mention.private and account.email else ()
    return (*private, REPORT, HOLDING)
