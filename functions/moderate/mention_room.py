"""What the pages and the API of mentions share: their collaborators, and who may see which."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from moderate.mention_case import MentionCase
from moderate.takedown_room import account_of, accounts_of, names_of, room
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_read
from shared.mentions.mention import Mention
from shared.records.checks import Checks
from shared.records.ears import Ear, Ears
from shared.records.errors import NotFoundError
from shared.records.mentions import Mentions
from shared.records.pen import Pen
from shared.records.tables import tables

MOST_COMPARED = 200
"""Mentions of an account that are laid beside one another, those that waited longest."""

AT_ONCE = 50


@dataclass(frozen=True)
class Desk:
    """Where mentions, daily checks, and how far listening is, are kept."""

    mentions: Mentions
    checks: Checks
    ears: Ears


@cache
def desk() -> Desk:
    """Compose it, over the tables of the room."""
    kept, pen = tables(room().settings.table_prefix), Pen(secrets.token_bytes)
    return Desk(Mentions(kept, pen), Checks(kept, pen), Ears(kept))


def mention_case_of(mention_id: str, reader: Person) -> MentionCase:
    """The mention with its words, for whoever reads everything and the account's own team;
    NotFoundError for everybody else."""
    mention = desk().mentions.get(mention_id)
    account = account_of(mention.account)
    if not may_read(reader, account):
        raise NotFoundError("mentions", mention_id)
    words = desk().mentions.words([mention]).get(mention_id)
    settled = mention.settled
    return MentionCase(mention, account, words, names_of(settled.by if settled else None))


def cases_of(mentions: Iterable[Mention], accounts: Iterable[Account]) -> list[MentionCase]:
    """Each with its words, as far as its account is among these."""
    known = {account.account_id: account for account in accounts}
    shown = [each for each in mentions if each.account in known]
    words = desk().mentions.words(shown)
    return [MentionCase(each, known[each.account], words.get(each.mention_id)) for each in shown]


def cases_named(mention_ids: Iterable[str], reader: Person) -> dict[str, MentionCase]:
    """Those of these that this person may see, by their ids, without a word of what was said."""
    found = desk().mentions.several(mention_ids)
    accounts = accounts_of(mention.account for mention in found.values())
    return {
        mention_id: MentionCase(mention, accounts[mention.account])
        for mention_id, mention in found.items()
        if mention.account in accounts and may_read(reader, accounts[mention.account])
    }


def waiting_cases(account: Account) -> list[MentionCase]:
    """What waits at an account, with its words."""
    found: list[Mention] = []
    cursor: str | None = None
    while len(found) < MOST_COMPARED:
        part = desk().mentions.waiting(account.account_id, cursor, AT_ONCE)
        found += part.entries
        cursor = part.cursor
        if cursor is None:
            break
    return cases_of(found, (account,))


def unheard(accounts: Iterable[Account]) -> list[Ear]:
    """Where nobody could listen when it was tried last."""
    targets = [(each.account_id, handle.platform) for each in accounts for handle in each.handles]
    return [ear for ear in desk().ears.several(targets).values() if ear.fault]
