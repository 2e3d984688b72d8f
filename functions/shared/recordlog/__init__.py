"""The record log: an append-only Merkle log in the C2SP tlog-tiles form (ADR 0006).

The order of the story: an `Act` becomes a `leaf`; leaves are hashed into the `tree`, which is kept
as `tiles`; the root is signed as a `checkpoint`, which is a signed `note`; `reader` re-reads and
proves; a `proof` is what a complainant or a court is handed. `cosignature` is what witnesses are
asked for; `sealed` and `erasure` are how text of other people goes without harm to any proof.

Pure: bytes in, bytes out. No AWS, no clock, no environment, no randomness. Only `note`,
`cosignature` and what is `sealed` need `cryptography`, so that the rooms which merely write leaves
never pay for it.
"""
