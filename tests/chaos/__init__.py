"""Every adapter against every fault, a thousand times: never two posts, never a false success,
never a lost post (P2).

    python -m tests.chaos [--runs 1000] [--seed 1] [--platform NAME] [--fault NAME] [--workers 2]

`stages` are the platforms, each with a way to see what the public would see; `spoiling` is the way
to them, on which answers are lost; a `tale` is one publication from its first attempt to its end,
drawn from a seed; `verdict` says whether it ended in the truth; `table` is what is printed.
"""
