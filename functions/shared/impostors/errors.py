"""What can be wrong with what somebody says of an impostor.

ImpostorError
├── InvalidCaseError    it cannot be accepted; names the field
├── OursError           the name is one of the force's own; carries the account's title
└── NoSuchNameError     the account keeps no such name; carries the name
"""


class ImpostorError(Exception):
    """Root of everything that a case of an impostor can refuse."""


class InvalidCaseError(ImpostorError):
    """It cannot be accepted; `field` names the culprit, `str()` tells a person why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class OursError(InvalidCaseError):
    """The name is one of the force's own."""

    def __init__(self, title: str) -> None:
        super().__init__("handle", f"That is a name of {title}, so it is ours. Look at it again.")
        self.title = title


class NoSuchNameError(ImpostorError):
    """The account keeps no such name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The account keeps no name {name!a} there. Reload and choose again.")
        self.name = name
