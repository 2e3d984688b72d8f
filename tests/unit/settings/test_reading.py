"""Settings: every variable of the dataclass, and nothing that is missing goes unnamed."""

from dataclasses import FrozenInstanceError, dataclass

import pytest

from shared.settings.reading import MissingVariableError, read


@dataclass(frozen=True)
class Wanted:
    table_prefix: str


@dataclass(frozen=True)
class WantedBesides(Wanted):
    base_url: str


GIVEN = {"TABLE_PREFIX": "force-", "BASE_URL": "https://bluelamp.example", "OTHER": "unread"}


def test_every_field_is_filled_from_the_variable_of_its_name():
    assert read(WantedBesides, GIVEN) == WantedBesides("force-", "https://bluelamp.example")


def test_what_is_read_cannot_be_changed():
    settings = read(Wanted, GIVEN)

    with pytest.raises(FrozenInstanceError):
        settings.table_prefix = "other-"


@pytest.mark.parametrize("variable", ["TABLE_PREFIX", "BASE_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_missing_or_empty_is_named_and_no_other_is_shown(variable, value):
    environ = {**GIVEN, variable: value or ""}
    if value is None:
        del environ[variable]

    with pytest.raises(MissingVariableError) as told:
        read(WantedBesides, environ)
    assert variable in str(told.value)
    assert not any(given and given in str(told.value) for given in environ.values())


@pytest.mark.parametrize("variable", ["table_prefix", "Table_Prefix"])
def test_variables_are_written_in_capitals(variable):
    with pytest.raises(MissingVariableError):
        read(Wanted, {variable: "force-"})
