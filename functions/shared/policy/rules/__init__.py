"""The rules, in the order their findings are told when they begin at the same word.

Each rule is one module: a name, a docstring that cites the clause, and `check`.
"""

from collections.abc import Callable, Iterable

from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.rules import (
    appeal_end,
    call_for_help,
    colleagues,
    commercial,
    court_prejudice,
    credential,
    critical_incident,
    dm_request,
    embargo,
    emotive,
    exact_location,
    external_link,
    hashtag_case,
    image_consent,
    joke,
    ministerial_movement,
    missing_alt,
    off_duty,
    offender_name,
    operational,
    personal_data,
    policy_review,
    pre_election,
    protective_marking,
    reshare_source,
    rumour,
    third_party_promotion,
    too_long,
    too_many_hashtags,
    victim_identity,
)
from shared.policy.rules import (
    copyright as copyright_rule,
)
from shared.policy.verdict import Finding

Rule = Callable[[Reading, Pack], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    protective_marking.check,
    credential.check,
    personal_data.check,
    victim_identity.check,
    offender_name.check,
    court_prejudice.check,
    embargo.check,
    ministerial_movement.check,
    operational.check,
    exact_location.check,
    external_link.check,
    call_for_help.check,
    dm_request.check,
    image_consent.check,
    copyright_rule.check,
    rumour.check,
    emotive.check,
    joke.check,
    off_duty.check,
    third_party_promotion.check,
    critical_incident.check,
    too_many_hashtags.check,
    too_long.check,
    commercial.check,
    pre_election.check,
    appeal_end.check,
    reshare_source.check,
    colleagues.check,
    missing_alt.check,
    hashtag_case.check,
    policy_review.check,
)
