"""What the registry refuses; `str()` is a sentence for the person who asked.

RegistryError
├── AccountError
│   ├── UnlawfulAccountStepError    an account that is this cannot become that
│   └── IncompleteAccountError      the entry lacks something; carries every fault
├── PersonError
│   ├── UnlawfulPersonStepError     a person who is this cannot become that
│   ├── IncompletePersonError       the entry lacks something; carries every fault
│   └── NotReverifiedError          the work e-mail was not verified since they lost access
├── EmailError
│   ├── MalformedEmailError         no e-mail address at all: spaces, quotes, two @
│   ├── TaggedEmailError            a plus tag
│   ├── PersonalEmailError          a domain that gives mailboxes to anybody
│   ├── LookalikeEmailError         passes for the force's domain and is not
│   ├── SubdomainEmailError         below the force's domain
│   └── ForeignEmailError           somebody else's domain
├── MobileError                     no telephone number in E.164
├── HandleError                     a name no platform would show as it was typed
└── LinkError                       no web link the registry may keep
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an entry: the field, and what to do about it."""

    field: str
    sentence: str


class RegistryError(Exception):
    """Root of everything the registry refuses."""


class AccountError(RegistryError):
    """Something about an account."""


class UnlawfulAccountStepError(AccountError):
    """A step that the life of an account does not allow."""

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(f"An account that is {now} cannot become {wanted}.")
        self.now = now
        self.wanted = wanted


class IncompleteAccountError(AccountError):
    """The entry lacks something; `faults` holds every one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


class PersonError(RegistryError):
    """Something about a person."""


class UnlawfulPersonStepError(PersonError):
    """A step that the standing of a person does not allow."""

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(f"A person who is {now} cannot become {wanted}.")
        self.now = now
        self.wanted = wanted


class IncompletePersonError(PersonError):
    """The entry lacks something; `faults` holds every one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


class NotReverifiedError(PersonError):
    """Whoever was shut out comes back only after their work e-mail was verified anew (P12)."""

    def __init__(self) -> None:
        super().__init__("Verify the work e-mail address again before giving back access.")


class EmailError(RegistryError):
    """An address the registry may not keep."""


class MalformedEmailError(EmailError):
    """No e-mail address at all."""


class TaggedEmailError(EmailError):
    """A plus tag: many addresses that are one mailbox."""


class PersonalEmailError(EmailError):
    """A domain that gives mailboxes to anybody (A11)."""


class LookalikeEmailError(EmailError):
    """Passes for the force's domain and is not."""


class SubdomainEmailError(EmailError):
    """Below the force's domain."""


class ForeignEmailError(EmailError):
    """Somebody else's domain."""


class MobileError(RegistryError):
    """No telephone number in E.164."""


class HandleError(RegistryError):
    """A name that no platform would show as it was typed."""


class LinkError(RegistryError):
    """No web link the registry may keep."""
