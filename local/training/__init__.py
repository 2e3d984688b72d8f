"""Teaches the readers of the policy check, and measures them. Nothing of this ships.

labelled      the labelled posts: which may be learnt from, which are kept apart
first_reader  the linear model: weights, and the marks from which a rule is broken
second_reader the sentence encoder, trained, shrunk and written down
figures       recall, false alarms, what was missed
report        docs/policy-evaluation.md
"""
