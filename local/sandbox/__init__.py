"""The sandbox: a social platform on this machine that behaves, and misbehaves, like a real one.

It signs accounts in with a token that expires, limits length and rate, keeps a timeline, and
ignores `Idempotency-Key` as some real servers do: who sends twice without looking has two posts
wherever `refuses_duplicates` is off. `faults` makes it fail in every way that real ones do.

`network` is what it knows, `audience` who listens to it, `faults` how it fails, `server` and
`request` how it is asked, `page` its face.
"""

from local.sandbox.audience import Audience, Neighbour, Remark
from local.sandbox.faults import Fault, FaultKind, Faults
from local.sandbox.network import Network
from local.sandbox.posted import Posted
from local.sandbox.server import SandboxServer

__all__ = [
    "Audience",
    "Fault",
    "FaultKind",
    "Faults",
    "Neighbour",
    "Network",
    "Posted",
    "Remark",
    "SandboxServer",
]
