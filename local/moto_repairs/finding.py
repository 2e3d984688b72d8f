"""Which services moto has, and what each can do, is looked up once.

moto lists its own folders at every call to find whose call it is, and every method of the class
that answers. Neither changes while it runs, and together they take longer than most answers.
"""

from functools import cache

from local.moto_repairs.attaching import module, replace


def repair() -> None:
    """Attach it; last, so that what other repairs bring is there."""
    backends, responses = module("backends"), module("core.responses")
    services = tuple(backends.list_of_moto_modules())
    replace(backends, "list_of_moto_modules", lambda: services)
    stock = responses.method_names_from_class
    replace(
        responses, "method_names_from_class", cache(lambda answering: frozenset(stock(answering)))
    )
