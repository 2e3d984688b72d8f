"""What can be wrong with a year that is lived.

NotAsToldError   something is not where the story says that somebody does something about it
"""


class NotAsToldError(Exception):
    """What the story tells did not happen; says what."""
