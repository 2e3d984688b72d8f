"""One filled view of every face of the pages of dip samples."""

from dataclasses import replace
from datetime import date

from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView
from shared.pages.views import View
from shared.posts.names import PersonId, PostId
from shared.samples.coverage import coverage_by_month
from shared.samples.rule import MOST_DRAWN
from shared.samples.sample import (
    HEARD,
    Done,
    Drawn,
    FollowUp,
    Judgement,
    Means,
    Sample,
    Verdict,
    follow_up,
    look_at,
)
from tests.builders import NOW
from tests.pages.righting_made import ACCOUNT, CENTRE
from watch.sampling.sample_pages import EMPTY, TITLE
from watch.sampling.sample_shown import LOOK, Case, row_of, sample_view, total_of

MOSS = PersonId("psd-moss")
TRAINING = FollowUp(Means.TRAINING, ACCOUNT.owner, date(2026, 12, 18))
SERIOUS = Judgement(Verdict.SERIOUS, "It names\n<somebody>.", MOSS, NOW, TRAINING)
POSTS = tuple(
    Drawn(number, PostId(f"{number:026}"), number % 3 + 1, frozenset())
    for number in range(1, MOST_DRAWN + 1)
)
OPEN = Sample(ACCOUNT.account_id, "2026-10", NOW, 299, "share=10,least=2,most=20", POSTS)
LOOKED = look_at(OPEN, 1, SERIOUS)
FINE = Judgement(Verdict.FINE, "", MOSS, NOW)
FEW = replace(LOOKED, posts=LOOKED.posts[:2])
TO_DO = look_at(FEW, 2, FINE)
OVER = follow_up(TO_DO, 1, Done(CENTRE.person_id, NOW + HEARD, "They were\ntaught."))
NAMES = {CENTRE.person_id: "Jo <Price>", MOSS: "Ada Moss"}
MONTHS = coverage_by_month([OPEN, OVER, replace(FEW, month="2026-09")])
WORDS = {
    (POSTS[0].post_id, 2): "\u200fمرحبا بالعالم <b>",
    **{(each.post_id, each.version): "Roads. " * 300 for each in POSTS[1:]},
}


def shown(sample, **more):
    return sample_view(Case(sample, ACCOUNT, WORDS, NAMES), CENTRE, **more)


VIEWS: dict[str, tuple[str, View]] = {
    "samples": (
        "registry",
        RegistryView(
            TITLE,
            "/samples",
            tuple(row_of(each, ACCOUNT) for each in (OPEN, LOOKED, TO_DO, OVER)),
            "a+b/c=",
            empty=EMPTY,
            totals=tuple(total_of(*each) for each in MONTHS.items()),
        ),
    ),
    "sample-wrong": (
        "entry",
        shown(
            LOOKED,
            act=LOOK,
            typed={"post": ["2"], "reason": ["a\n b"], "who": ["<x>"]},
            errors=(FieldError("verdict", "Choose what you think of it."),),
        ),
    ),
}
