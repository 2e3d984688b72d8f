"""docs/policy-evaluation.md: the figures of the policy check, with its worst misses and alarms."""

from collections.abc import Iterable, Mapping

from local.training.figures import Figures
from local.training.labelled import Labelled
from shared.policy.verdict import Severity

SHOWN = 12
LONGEST = 160

HEAD = """# How well the policy check reads

Written by `make evaluate`; do not edit. Three kinds of posts:

- **corpus, unseen**: the 2,200 labelled posts, each read by weights that were taught without its
  fold (five folds, twins kept together). The marks from which a rule is broken were set by these
  scores, so shares of alarms are by choice; recall is what that choice buys.
- **corpus, kept apart**: the fold that no weight of either reader was taught; the marks of the
  second reader were set by it.
- **held out**: {held} posts of our own that nothing was taught by and no mark was set by. They
  hold no mechanical rules, so their recall is of the hard ones only.

A finding counts as found whatever its weight. *Stopped* is the share of clean posts with a finding
that blocks or asks for review; *advised* those with advice, which stops nobody.
"""

COLUMNS = (
    "| reader | posts | recall | of it, stopping | violating posts caught "
    "| clean stopped | clean blocked | clean advised |"
)


def report(readers: Mapping[tuple[str, str], Figures], held: int) -> str:
    """The whole document; figures by (reader, posts), the first pair being told rule by rule."""
    lines = [HEAD.format(held=f"{held:,}"), "## In all", "", COLUMNS, "|---|---|" + "---|" * 6]
    lines += [_row(reader, posts, one) for (reader, posts), one in readers.items()]
    for (reader, posts), one in readers.items():
        lines += ["", f"## {reader}, {posts}: rule by rule", "", *_by_rule(one)]
    for (reader, posts), one in readers.items():
        lines += ["", f"## {reader}, {posts}: missed, {SHOWN} of {len(one.missed)}", ""]
        lines += list(_examples(one.missed))
        lines += ["", f"## {reader}, {posts}: clean posts stopped, {len(one.alarms)}", ""]
        lines += list(_examples(one.alarms)) or ["None."]
    return "\n".join(lines) + "\n"


def _row(reader: str, posts: str, one: Figures) -> str:
    shares = (
        one.recall,
        one.grave_recall,
        one.caught_share,
        one.stopped_share,
        one.alarmed_share(Severity.BLOCK),
        one.alarmed_share(Severity.ADVISE),
    )
    return f"| {reader} | {posts} | " + " | ".join(f"{share:.1%}" for share in shares) + " |"


def _by_rule(one: Figures) -> list[str]:
    lines = ["| rule | found | stopping | false alarms |", "|---|---|---|---|"]
    for rule in sorted(one.expected):
        wanted = one.expected[rule]
        found, grave = one.found[rule], one.found_gravely[rule]
        lines.append(f"| {rule} | {found} of {wanted} | {grave} | {one.wrong[rule]} |")
    return lines


def _examples(posts: Iterable[tuple[str, Labelled]]) -> Iterable[str]:
    """Some, spread over the rules."""
    by_rule: dict[str, list[Labelled]] = {}
    for rule, post in posts:
        by_rule.setdefault(rule, []).append(post)
    shown = sorted(by_rule.items(), key=lambda pair: -len(pair[1]))[:SHOWN]
    for rule, examples in shown:
        text = " ".join(examples[0].candidate.text.split())
        text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
        yield f"- **{rule}** ({len(examples)}): “{text}”"
