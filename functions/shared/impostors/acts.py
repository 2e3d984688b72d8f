"""What can happen to a case of an impostor, to a reserved name, and by searching by hand, in past
tense."""

from enum import StrEnum


class Chased(StrEnum):
    """Types of leaves that speak of impostors, searches for them, and names that are kept."""

    FOUND = "impostor.found"
    CONFIRMED = "impostor.confirmed"
    FALSE_ALARM = "impostor.false_alarm"
    REPORTED = "impostor.reported"
    REFUSED = "impostor.refused"
    APPEALED = "impostor.appealed"
    REMOVED = "impostor.removed"
    ACCEPTED = "impostor.accepted"
    CAME_BACK = "impostor.came_back"
    TOLD = "impostor.told"
    NAME_KEPT = "impostor.name_kept"
    NAME_TOLD = "impostor.name_told"
    SEARCHED_BY_HAND = "impostor.searched_by_hand"
    SEARCH_ASKED = "impostor.search_asked"


def subject_of(case_id: str) -> str:
    """How leaves name a case."""
    return f"impostor:{case_id}"


def subject_of_name(key: str) -> str:
    """How leaves name a reserved name, by platform and name as `handles.handle_key` spells them."""
    return f"reserved:{key}"


def subject_of_search(account: str, platform: str = "") -> str:
    """How leaves name the searching by hand for an account, on one platform or on all."""
    return f"search:{account}/{platform}" if platform else f"search:{account}"
