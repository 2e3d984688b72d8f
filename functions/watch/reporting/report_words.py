"""What the parts of a report and their numbers are called, in the order in which they are read."""

from collections.abc import Mapping

from shared.reports.report import Part

TITLES: Mapping[Part, str] = {
    Part.ANSWERS: "What people said to us",
    Part.SPEED: "How soon they were answered",
    Part.CONTENT: "What we said",
    Part.PLATFORMS: "Where we said it",
    Part.DECISIONS: "Who looked at it first",
    Part.WAITED: "How long posts waited for a decision",
    Part.RIGHTED: "What was put right",
    Part.SILENCE: "Silence",
    Part.COST: "What it cost",
    Part.FOLLOWERS: "Who follows, and whom we follow",
}

SENTENCES: Mapping[Part, str] = {
    Part.ANSWERS: "What became of mentions that arrived in the month, when this was made. Calls "
    "for help are among the others.",
    Part.SPEED: "From when they wrote to when somebody here said that they were answered.",
    Part.CONTENT: "Posts that went out, each once, by what the records tell of them.",
    Part.PLATFORMS: "A post on two platforms counts on both.",
    Part.DECISIONS: "What approvers decided in the month, and what went out without them.",
    Part.WAITED: "From asking to deciding.",
    Part.RIGHTED: "Corrections, posts taken away again, and platforms that took none.",
    Part.SILENCE: "Against the longest silence that people expect of the account.",
    Part.COST: "Together {total} US dollars: computed from counts and the prices of {as_of}, "
    "not billed. What all accounts share is not in it.",
    Part.FOLLOWERS: "As the lists were read last. Few followers are no failure (G30, G31).",
}

_TIMES: Mapping[str, str] = {
    "quarter": "Within a quarter of an hour",
    "hour": "Within an hour",
    "four_hours": "Within four hours",
    "day": "Within a day",
    "three_days": "Within three days",
    "later": "Later",
}

LABELS: Mapping[Part, Mapping[str, str]] = {
    Part.ANSWERS: {
        "answered": "Answered",
        "no_answer_needed": "No answer needed",
        "holding": "A holding reply, so far",
        "handed_on": "Handed on",
        "waiting": "Still waiting",
        "calls": "Calls for help among them",
    },
    Part.SPEED: _TIMES,
    Part.CONTENT: {
        "other": "Information",
        "limited": "With a last day, as appeals",
        "reply": "Replies",
        "reshare": "Reshares",
        "correction": "Corrections",
        "note": "Notes on a deletion",
    },
    Part.DECISIONS: {
        "approve": "Approved",
        "edit": "Edited by the approver",
        "return": "Returned",
        "reject": "Rejected",
        "expired": "Nobody decided in time",
        "without": "Went out without",
        "urgent": "At once, looked at afterwards",
    },
    Part.WAITED: _TIMES,
    Part.RIGHTED: {
        "corrections": "Corrections",
        "taken_away": "Taken away again",
        "failed": "Platforms that took none",
    },
    Part.SILENCE: {
        "too_long": "Longer than people expect",
        "closing_proposed": "Closing is proposed",
    },
    Part.COST: {
        "posts": "Posts and their approvals",
        "targets": "Further platforms",
        "mentions": "Mentions",
        "lists": "Lists of followers",
        "keys": "Keeping keys",
    },
    Part.FOLLOWERS: {"not_read": "Lists that could not be read"},
}
