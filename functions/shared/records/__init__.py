"""What is remembered, in DynamoDB: rows in, frozen dataclasses out; no row ever leaves this room.

The story: `tables(prefix)` opens the tables; a repository per noun (`Posts`, `Approvals`,
`Publications`, …) reads and writes it; whatever an act changes is written in one transaction with
the leaf of that act (`log`), so that nothing happens unrecorded and nothing is recorded that did
not happen. `Snapshots` reads several nouns in one call. All that can go wrong is in `errors`.
"""
