"""The registrar's pages and API, and the public's list of genuine accounts: all their routes."""

from register.room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "register.account_pages": (
            "/registry",
            "/registry/accounts/new",
            "/registry/accounts/{account_id}",
            "/registry/accounts/{account_id}/change",
            "/registry/credentials",
            "/registry/accounts/{account_id}/credentials/{platform}",
        ),
        "register.accounts_api": (
            "/v1/accounts",
            "/v1/accounts/{account_id}",
            "/v1/accounts/{account_id}/status",
            "/v1/accounts/{account_id}/handover",
            "/v1/accounts/{account_id}/two-step",
            "/v1/accounts/{account_id}/review",
            "/v1/accounts/{account_id}/keep-open",
            "/v1/mailboxes",
            "/v1/accounts/{account_id}/credentials",
            "/v1/accounts/{account_id}/credentials/{platform}",
        ),
        "register.people_api": (
            "/v1/people",
            "/v1/people/{person_id}",
            "/v1/people/{person_id}/status",
            "/v1/people/{person_id}/training",
            "/v1/people/{person_id}/acceptance",
            "/v1/people/{person_id}/leave",
            "/v1/people/{person_id}/delegations",
            "/v1/people/{person_id}/delegations/end",
            "/v1/people/leavers",
        ),
        "register.person_pages": (
            "/registry/people",
            "/registry/people/new",
            "/registry/people/{person_id}",
            "/registry/people/{person_id}/change",
            "/registry/leavers",
        ),
        "register.silent_pages": (
            "/registry/silent",
            "/registry/accounts/{account_id}/keep-open",
        ),
        "register.policies_api": (
            "/v1/policies",
            "/v1/policies/{digest}",
            "/v1/policies/{digest}/approval",
        ),
        "register.public": (
            "/accounts",
            "/v1/public/accounts",
        ),
    }
)
