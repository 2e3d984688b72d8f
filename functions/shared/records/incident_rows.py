"""The rows of critical incidents: each its own, the board of those that last, and the gates."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row


class IncidentsInOrder(Index):
    """Every incident by id, which sorts by time; sparse: the board and the gates are not listed."""

    class Meta:
        index_name = "incidents-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    incident_id = UnicodeAttribute(range_key=True)


class IncidentRow(Row):
    """An incident and who was told of it; or the board (`entry`, `generation`); or a gate, which
    holds the generation alone."""

    noun = "incidents"
    incident_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute(null=True)
    entry = UnicodeAttribute(null=True)
    tellings = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    in_order = IncidentsInOrder()
