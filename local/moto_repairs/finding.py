"""Which services moto has, which host is whose, and what each can do, is looked up once.

moto lists its own folders at every call to find whose call it is, tries the patterns of two hundred
services on the host it stands for, and lists every method of the class that answers. None of it
changes while it runs, and together it takes longer than most answers.
"""

from functools import cache, lru_cache

from local.moto_repairs.attaching import module, replace

HOSTS = 256
"""As many are kept: a service has one, but a bucket may have one of its own."""


def repair() -> None:
    """Attach it; last, so that what other repairs bring is there."""
    backends, responses = module("backends"), module("core.responses")
    services = tuple(backends.list_of_moto_modules())
    replace(backends, "list_of_moto_modules", lambda: services)
    stock = responses.method_names_from_class
    replace(
        responses, "method_names_from_class", cache(lambda answering: frozenset(stock(answering)))
    )
    dispatcher = module("moto_server.werkzeug_app").DomainDispatcherApplication
    look = dispatcher.get_backend_for_host
    replace(dispatcher, "get_backend_for_host", lru_cache(HOSTS)(look))
