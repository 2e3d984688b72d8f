"""How much work a regular expression is at most, told from how it is written.

RE2 needs time in proportion to the text, and to the size of what the expression unfolds to: braces
repeat what stands before them, and a class of letters of all scripts is large by itself. Too large,
and it looks at two thousand texts for a minute without hearing that it shall stop.
"""

import re

MOST = 2_000

_PIECE = re.compile(
    r"(?P<script>\\[pP](?:\{[^}]*\}|.))|\\(?P<outside>[WDS])|(?P<escape>\\.)"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|\{(?P<least>\d+)(?:,(?P<most>\d*))?\}"
    r"|(?P<opens>\()|(?P<closes>\))|(?P<any>\.)|(?P<letter>.)",
    re.DOTALL,
)
_WEIGHT = {"script": 150, "outside": 10, "set": 10, "any": 5, "escape": 2, "letter": 1}
"""How many steps one of them is, about, as it was measured."""


def work_of(pattern: str) -> int:
    """About how many steps it unfolds to. What RE2 would refuse has any number."""
    total, last = 0, 0
    outer: list[int] = []
    for piece in _PIECE.finditer(pattern):
        kind = piece.lastgroup or ""
        if piece["opens"]:
            outer.append(total)
            total = last = 0
        elif piece["closes"]:
            last, total = total, total + (outer.pop() if outer else 0)
        elif piece["least"]:
            times = max(int(piece["least"]), int(piece["most"] or 0), 1)
            total, last = total + last * (times - 1), last * times
        else:
            last = _WEIGHT[kind]
            total += last
    return total
