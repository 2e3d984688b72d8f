"""`bluelamp audit`: sealed months in a folder, asked by somebody who believes nothing.

Copy the archive (`month=…` and `commit/`) into a folder; none of this needs the force's systems,
and none of it changes anything there. Exit codes: 0 held, 1 something is wrong, 2 wrong use.
"""
