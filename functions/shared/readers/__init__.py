"""The second readers there are, each behind `shared.policy.second.SecondReader`; `choose` opens it.

Only `moderate` reads a second time, and of its functions only the check at the door.
"""
