"""What somebody who keeps a reminder can be refused.

ReminderError
├── InvalidReminderError     the days, times or words cannot be a series; names every field
├── BlockedReminderError     the policy check would block its posts; carries the findings
└── ReminderEndedError       it has ended, and nothing follows that
"""

from collections.abc import Sequence

from shared.policy.verdict import Finding


class ReminderError(Exception):
    """Root of what somebody who keeps a reminder can be refused."""


class InvalidReminderError(ReminderError):
    """It cannot be a series as it is."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in faults))
        self.faults = tuple(faults)


class BlockedReminderError(ReminderError):
    """None of its posts would pass the check; `text` is what was checked."""

    def __init__(self, text: str, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.text = text
        self.findings = tuple(findings)


class ReminderEndedError(ReminderError):
    """Nothing follows its end."""

    def __init__(self) -> None:
        super().__init__("This reminder has ended. Make a new one instead.")
