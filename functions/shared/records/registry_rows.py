"""The rows of the registry: accounts, what each of them holds, imports of many, and people."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import IncludeProjection, KeysOnlyProjection

from shared.records.rows import Index, Row


class AccountsInOrder(Index):
    """Every account by id; keys only, so that an entry is never read stale."""

    class Meta:
        index_name = "accounts-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)


class AccountRow(Row):
    """One account of the registry; of an import that is not finished if `part_of` says so."""

    noun = "accounts"
    account_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute(null=True)
    part_of = UnicodeAttribute(null=True)
    entry = UnicodeAttribute()
    in_order = AccountsInOrder()


class HandleRow(Row):
    """What one account holds and no other may: a name on a platform, or a mailbox. Given back, it
    has no `account_id`.
    """

    noun = "handles"
    key = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(null=True)


class ImportRow(Row):
    """One import of many accounts, which show only when it is finished."""

    noun = "imports"
    import_id = UnicodeAttribute(hash_key=True)
    source = UnicodeAttribute()
    accounts = NumberAttribute()
    started_at = UnicodeAttribute()
    finished_at = UnicodeAttribute(null=True)


class CustodyRow(Row):
    """Who keeps the keys of one account on one platform; never the keys."""

    noun = "custodies"
    account_id = UnicodeAttribute(hash_key=True)
    platform = UnicodeAttribute(range_key=True)
    entry = UnicodeAttribute()


class PolicyRow(Row):
    """A policy pack that was proposed; the one in use lies under a name of its own once more."""

    noun = "policies"
    digest = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()


class ByEmail(Index):
    """Who has this e-mail address; keys only, so that a status is never read stale."""

    class Meta:
        index_name = "by-email"
        projection = KeysOnlyProjection()

    email_key = UnicodeAttribute(hash_key=True)


class ByDuty(Index):
    """Approvers on duty in duty order; sparse: whoever is not on duty has no `rota`."""

    class Meta:
        index_name = "by-duty"
        projection = IncludeProjection(["entry"])

    rota = UnicodeAttribute(hash_key=True)
    duty = NumberAttribute(range_key=True)


class PeopleInOrder(Index):
    """Everybody by id; keys only, so that a status is never read stale."""

    class Meta:
        index_name = "people-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    person_id = UnicodeAttribute(range_key=True)


class PersonRow(Row):
    """One person of the registry."""

    noun = "people"
    person_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute(null=True)
    email_key = UnicodeAttribute(null=True)
    rota = UnicodeAttribute(null=True)
    duty = NumberAttribute(null=True)
    entry = UnicodeAttribute()
    by_email = ByEmail()
    by_duty = ByDuty()
    in_order = PeopleInOrder()
