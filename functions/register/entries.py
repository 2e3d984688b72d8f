"""Reads entries of the registry out of a request: JSON, or a form with the same names.

An account is read as a line of the registry's table is (`shared.accounts.cells`), so that page,
API and import refuse the same for the same reason.
"""

from collections.abc import Mapping
from typing import Any

from shared.accounts.cells import COLUMNS, account_in
from shared.accounts.errors import IncompleteAccountError
from shared.accounts.registry import Account, Role
from shared.http.fields import LONGEST_NAME, Fields
from shared.http.problems import FieldFault, InvalidFieldsError

OPENING = tuple(name for name in COLUMNS if name not in {"status", "two_step"})
"""What may be given when an account is asked for."""

CHANGING = tuple(name for name in OPENING if name not in {"account_id", "owner", "review_date"})
"""What may be changed without an act of its own."""

PARTS = {
    "handles": ("platform", "name", "service"),
    "reserved_names": ("platform", "name"),
}
LISTS = frozenset({"deputies", "members", "checklist"})
LONGEST_CELL = 20_000
MOST_DUTY = 99
ROLES = tuple(role.value for role in Role)


def cells_in(body: Mapping[str, Any], allowed: tuple[str, ...]) -> dict[str, str]:
    """What was given, column by column; InvalidFieldsError names every fault."""
    cells, faults = {}, []
    for name, value in body.items():
        if name not in allowed:
            shown = str(name)[:60]
            faults.append(FieldFault(shown, f"“{shown}” is not a field of this request."))
            continue
        cell = _cell(name, value)
        if cell is None or len(cell) > LONGEST_CELL or not cell.isprintable():
            faults.append(FieldFault(name, f"“{name}” cannot be read; see the description."))
        else:
            cells[name] = cell
    if faults:
        raise InvalidFieldsError(tuple(faults))
    return cells


def account_from(cells: Mapping[str, str]) -> Account:
    """The account that these cells hold; IncompleteAccountError with every fault."""
    account, faults = account_in(cells)
    if account is None:
        raise IncompleteAccountError(faults)
    return account


def _cell(name: str, value: Any) -> str | None:
    """The cell's text, None for what is none."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() if name == "rhythm_hours":
            return str(value)
        case str() if name not in LISTS and name not in PARTS:
            return value
        case list() if name in LISTS:
            return _joined(value)
        case list() if name in PARTS:
            return _joined([_named(name, part) for part in value])
    return None


def _joined(parts: list[Any]) -> str | None:
    if not all(isinstance(part, str) and part.strip() and ";" not in part for part in parts):
        return None
    return "; ".join(parts)


def _named(name: str, part: Any) -> str | None:
    words = PARTS[name]
    if not isinstance(part, dict) or part.keys() != set(words):
        return None
    given = [part[word] for word in words]
    if not all(isinstance(word, str) and word and not word.split()[1:] for word in given):
        return None
    return " ".join(given)


def person_in(body: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    """What was given of a person; what was not is as usual. InvalidFieldsError."""
    fields = Fields({**usual, **body})
    found: dict[str, Any] = {
        "name": fields.text("name", longest=LONGEST_NAME),
        "rank": fields.text("rank", default="", longest=LONGEST_NAME),
        "email": fields.text("email", longest=300),
        "mobile": fields.text("mobile", longest=40),
        "role": Role(fields.one_of("role", ROLES)),
        "duty": fields.maybe_number("duty", MOST_DUTY),
        "senior": fields.flag("senior"),
    }
    if "person_id" in body:
        found["person_id"] = fields.text("person_id", longest=LONGEST_NAME)
    fields.done()
    return found
