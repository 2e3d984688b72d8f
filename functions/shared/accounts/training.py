"""Training topic by topic, and when each is due again (policy.md F10)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Topic(StrEnum):
    """What a user is taught before they are given access."""

    LOGGING_ON = "logging_on"
    USING_THE_SITE = "using_the_site"
    REVIEWING_FOLLOWERS = "reviewing_followers"
    FOLLOWING = "following"
    RESHARING = "resharing"
    WEB_LINKS = "web_links"
    HASHTAGS = "hashtags"
    COMMON_PROBLEMS = "common_problems"


REFRESH_AFTER = timedelta(days=730)
"""How long a topic lasts, where the force sets nothing else."""


@dataclass(frozen=True)
class Training:
    """One topic, and the day on which it was last taught."""

    topic: Topic
    on: date


def taught(before: tuple[Training, ...], topic: Topic, on: date) -> tuple[Training, ...]:
    """The training record with this topic taught (again), in the order of the topics; a later day
    that is on record stays.
    """
    days = {training.topic: training.on for training in before}
    days[topic] = max(on, days.get(topic, on))
    return tuple(Training(each, days[each]) for each in Topic if each in days)


def due(
    record: tuple[Training, ...], today: date, refresh_after: timedelta = REFRESH_AFTER
) -> tuple[Topic, ...]:
    """The topics never taught, or taught too long ago, in the order of the topics."""
    fresh = {training.topic for training in record if today <= training.on + refresh_after}
    return tuple(topic for topic in Topic if topic not in fresh)
