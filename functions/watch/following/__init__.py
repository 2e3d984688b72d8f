"""Follower review: the lists are read once a month, whoever stands out is shown to two people.

`steps` read the lists with keys that only read; `jobs` begin, go on, remind and state; `app` shows
and takes decisions, and holds no key at all (P7).
"""
