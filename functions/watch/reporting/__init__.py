"""The monthly report: each account's month is counted once, then the force's (policy G24, G30).

`jobs` counts by the clock, and holds no key; the pages lie with those of the reviews.
"""
