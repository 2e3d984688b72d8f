"""The rows of pictures and of consents: keys, what moves by itself, and the rest as JSON text."""

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row


class PicturesByUploader(Index):
    """A person's pictures, newest last; keys only."""

    class Meta:
        index_name = "pictures-by-uploader"
        projection = KeysOnlyProjection()

    uploaded_by = UnicodeAttribute(hash_key=True)
    picture_id = UnicodeAttribute(range_key=True)


class PictureRow(Row):
    """One picture; `posts` are those it was ever sent in with."""

    noun = "pictures"
    picture_id = UnicodeAttribute(hash_key=True)
    uploaded_by = UnicodeAttribute()
    entry = UnicodeAttribute()
    posts = UnicodeSetAttribute(null=True)
    stopped_at = UnicodeAttribute(null=True)
    by_uploader = PicturesByUploader()


class ConsentsInOrder(Index):
    """Every consent, newest last."""

    class Meta:
        index_name = "consents-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    recorded_at = UnicodeAttribute(range_key=True)


class ConsentRow(Row):
    """One consent; `pictures` are those it was given for."""

    noun = "consents"
    consent_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute()
    recorded_at = UnicodeAttribute()
    entry = UnicodeAttribute()
    withdrawn_at = UnicodeAttribute(null=True)
    pictures = UnicodeSetAttribute(null=True)
    ttl = TTLAttribute(null=True)
    in_order = ConsentsInOrder()
