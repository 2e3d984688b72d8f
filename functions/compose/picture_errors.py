"""What somebody who brings a picture, or a consent, can be refused.

PictureError
├── SpoiltPictureError     the file cannot be used; says what to do
├── InvalidOriginError     not enough is said of it; carries every field and sentence
├── DarkroomShutError      the darkroom does not answer; the same again may work
└── ConsentError           a consent cannot be given, countersigned or taken back like this
    └── NotTheirsError     not by this person
"""


class PictureError(Exception):
    """Root of what can be refused here."""


class SpoiltPictureError(PictureError):
    """The file cannot be used; `str()` says what to do."""


class InvalidOriginError(PictureError):
    """Not enough is said of a picture, or of a consent."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(" ".join(sentence for _, sentence in faults))
        self.faults = faults


class DarkroomShutError(PictureError):
    """The darkroom does not answer."""


class ConsentError(PictureError):
    """It cannot be done with this consent; `str()` says why."""


class NotTheirsError(ConsentError):
    """It is not for this person to do; `str()` says whose it is."""
