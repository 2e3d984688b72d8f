"""Whether a second person has to read a post before it goes out; asked at the door, and at the
release once more.
"""

from shared.accounts.registry import Account, ApprovalMode


def needs_second_person(
    account: Account, *, to_review: bool, edited: bool, urgent: bool, edits_clear: bool = False
) -> bool:
    """`to_review`: the policy check found something to review; `edited`: an approver changed the
    words last; `urgent`: somebody who may publishes at once.

    Nothing frees what is to be reviewed but the urgent path, not even the centre's own accounts.
    An approver's edit needs another approver, unless the force says that edits which leave only
    advice clear themselves; where every post is read, so is that one.
    """
    read_always = account.approval_mode is ApprovalMode.ALWAYS
    if edited:
        return to_review or read_always or not edits_clear
    return not urgent and (to_review or read_always)
