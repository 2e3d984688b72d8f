"""Secrets Manager: a secret asked for by its name is found by its name.

moto looks through all secrets, several times a call, because a name might be an ARN. A force has
some for each account.
"""

from typing import Any

from local.moto_repairs.attaching import module, replace


def repair() -> None:
    """Attach it to every way of looking."""
    store = module("secretsmanager.models").SecretsStore

    def named(self: Any, key: str) -> Any:
        found = dict.get(self, key)
        return found if found is not None and found.name == key else None

    def item(self: Any, key: str) -> Any:
        return named(self, key) or item_before(self, key)

    def get(self: Any, key: str) -> Any:
        return named(self, key) or get_before(self, key)

    def contains(self: Any, key: str) -> bool:
        return named(self, key) is not None or bool(contains_before(self, key))

    item_before = replace(store, "__getitem__", item)
    get_before = replace(store, "get", get)
    contains_before = replace(store, "__contains__", contains)
