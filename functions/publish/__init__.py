"""Words go out: the only room with keys that can write to a platform (P7).

State machine to `steps`: `release` (the last look, P1), `once` (claim, send, settle, P2) and
`conclude` (the targets' answers become the post's ending).
"""
