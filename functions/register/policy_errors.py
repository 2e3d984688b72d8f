"""What a change of the policy is refused for.

PolicyChangeError
├── OwnProposalError     whoever proposed a policy does not approve it
├── NotInformationError  the force has named who approves, and this person is not among them
└── DecidedError         it was approved before
"""


class PolicyChangeError(Exception):
    """Root of what a change of policy is refused for."""


class OwnProposalError(PolicyChangeError):
    """Whoever proposed a policy does not approve it."""


class NotInformationError(PolicyChangeError):
    """The force has named who approves, and this person is not among them."""


class DecidedError(PolicyChangeError):
    """It was approved before."""
