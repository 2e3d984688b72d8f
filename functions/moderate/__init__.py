"""Somebody else judges: the policy check at the door, the asking, and the one decision.

State machine to `steps`: `check` (the words again), `ask` (approval and mail), `ending` (expired
or broken). Browser to `app`: GET shows the approval, POST decides it through `decide`.
"""
