"""What can be wrong with the record log.

RecordLogError
├── LeafError                an act that cannot become a leaf; `str()` says why
├── PayloadMismatchError     the payload is not the one the envelope commits to
├── MalformedError           bytes that are not what they claim to be; names the thing
├── MissingObjectError       an object of the log that must exist does not; names its path
├── UnverifiedError          signatures do not carry the note
│   ├── BadSignatureError        a known key's signature fails; names the key
│   └── NoKnownSignatureError    none of the signatures is by a known key
├── ProofError               a proof does not lead to the root
└── InconsistentLogError     two parts of the log contradict each other
"""


class RecordLogError(Exception):
    """Root of everything the record log can refuse."""


class LeafError(RecordLogError):
    """The act cannot become a leaf."""


class PayloadMismatchError(RecordLogError):
    """Payload and salt do not give the hash in the envelope of this leaf."""

    def __init__(self, leaf_id: str) -> None:
        super().__init__(f"The payload is not the one that leaf {leaf_id} commits to.")
        self.leaf_id = leaf_id


class MalformedError(RecordLogError):
    """These bytes are not a well-formed `thing`."""

    def __init__(self, thing: str, why: str) -> None:
        super().__init__(f"Not a well-formed {thing}: {why}.")
        self.thing = thing


class MissingObjectError(RecordLogError):
    """The log promises an object at `path`, and there is none."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The log has no object {path}.")
        self.path = path


class UnverifiedError(RecordLogError):
    """The signatures do not carry the note."""


class BadSignatureError(UnverifiedError):
    """A key we know did not make this signature: the note is rejected whole."""

    def __init__(self, key_name: str) -> None:
        super().__init__(f"The signature of {key_name} does not fit the text.")
        self.key_name = key_name


class NoKnownSignatureError(UnverifiedError):
    """Nobody we know has signed this note."""

    def __init__(self) -> None:
        super().__init__("No signature is by a known key.")


class ProofError(RecordLogError):
    """The proof does not lead from the leaf, or the older tree, to the root."""


class InconsistentLogError(RecordLogError):
    """Two parts of the log contradict each other; nothing may be signed on top of them."""
