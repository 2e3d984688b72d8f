"""What a platform calls the account: asked once, and kept beside its sessions."""

from collections.abc import Callable

from shared.platforms.base import Sessions


def own_account(sessions: Sessions, named: str, service: str, ask: Callable[[], str]) -> str:
    """The kept answer, or that of `ask`, kept under `named` for the server it came from."""
    stored = sessions.load(named) or {}
    if stored.get("service") == service:
        return str(stored["account"])
    account = ask()
    sessions.save(named, {"service": service, "account": account})
    return account
