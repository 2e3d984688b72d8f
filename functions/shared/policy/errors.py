"""What can be wrong with the policy itself.

PolicyError
├── InvalidPackError       the pack cannot be used; names the field
│   └── ExpiredPackError   its last day has passed; names the owner
├── NoRulesError           a check without rules would clear everything
└── UnknownPlatformError   the pack does not say how long a post may be there
"""

from datetime import date


class PolicyError(Exception):
    """Root of everything that keeps a post from being checked."""


class InvalidPackError(PolicyError):
    """A pack that cannot be used; `field` is the path to the culprit."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"Policy pack: {field} {problem}.")
        self.field = field


class ExpiredPackError(InvalidPackError):
    """A pack whose last day has passed; only its owner can renew it (policy.md G02)."""

    def __init__(self, version: str, expires: date, owner: str) -> None:
        super().__init__(
            "expires", f"was {expires}; version {version} may no longer be used, ask {owner}"
        )
        self.expires = expires


class NoRulesError(PolicyError):
    """An empty tuple of rules, which would find nothing in anything."""

    def __init__(self) -> None:
        super().__init__("There is no rule to check by.")


class UnknownPlatformError(PolicyError):
    """A platform the pack has no limit for, not even the word that there is none."""

    def __init__(self, platform: str) -> None:
        super().__init__(f"The policy pack has no limit for the platform {platform!r}.")
        self.platform = platform
