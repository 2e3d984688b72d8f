"""The tables, one per noun, called `prefix + noun`; on demand, point-in-time recovery, encrypted.

Keys and index keys are `name:type`, partition key first (S text, N number). Nothing else is an
attribute definition. A row with `ttl` has time-to-live switched on; no other table has.

    table              keys                        ttl
    accounts           account_id:S                -
    handles            key:S                       -
    imports            import_id:S                 -
    custodies          account_id:S platform:S     -
    server_limits      server:S                    -
    policies           digest:S                    -
    people             person_id:S                 -
    sessions           token_hash:S                ttl
    incidents          incident_id:S               -
    posts              post_id:S version:N         -
    deletions          deletion_id:S item:S        -
    exceptions         exception_id:S              -
    appeals            appeal_id:S item:S          -
    takedowns          takedown_id:S               -
    blocks             block_id:S                  -
    reviews            review_id:S                 -
    follower_lists     place:S item:S              ttl
    samples            sample_id:S                 -
    reports            report_id:S                 -
    mentions           mention_id:S                -
    impostors          case_id:S                   -
    reminders          reminder_id:S               -
    pictures           picture_id:S                -
    consents           consent_id:S                ttl
    approvals          post_id:S version:N         -
    holds              post_id:S version:N         -
    links              link_hash:S                 ttl
    publications       post_key:S platform:S       -
    platform_posts     shown_as:S                  -
    platform_sessions  name:S                      -
    subscribers        subscriber_id:S             ttl
    notices            notice_id:S                 -
    idempotency        key:S                       ttl
    outbox             shard:S leaf_id:S           -
    payloads           leaf_id:S                   -
    record_keys        leaf_id:S                   -
    erasures           erasure_id:S                -
    legal_holds        hold_id:S                   -
    disposals          disposal_id:S               -
    loghead            origin:S                    -
    attestations       origin:S witness:S          -
    months             origin:S month:S            -
    questions          question_id:S               -
    proofs             proof_id:S                  -

    index              of         keys                     projection
    by-author          posts      author:S post_key:S      KEYS_ONLY
    by-account         posts      account:S post_key:S     KEYS_ONLY
    by-open-state      posts      open:S waits_from:S      KEYS_ONLY
    by-urgent          posts      urgent_open:S submitted_at:S KEYS_ONLY
    by-incident        posts      incident:S post_key:S    KEYS_ONLY
    by-corrected       posts      corrects:S post_key:S    KEYS_ONLY
    by-state           approvals  open:S waits_from:S      KEYS_ONLY
    holds-by-state     holds      open:S waits_from:S      KEYS_ONLY
    deletions-open     deletions  open:S asked_at:S        KEYS_ONLY
    deletions-in-order deletions  listed:S deletion_id:S   KEYS_ONLY
    exceptions-in-order exceptions listed:S found_at:S     KEYS_ONLY
    proofs-in-order    proofs     listed:S proof_id:S      KEYS_ONLY
    appeals-open       appeals    open:S ends_on:S         KEYS_ONLY
    takedowns-open     takedowns  open:S waits_from:S      KEYS_ONLY
    takedowns-in-order takedowns  listed:S takedown_id:S   KEYS_ONLY
    takedowns-by-account takedowns account:S takedown_id:S KEYS_ONLY
    blocks-open        blocks     open:S waits_from:S      KEYS_ONLY
    blocks-in-order    blocks     listed:S block_id:S      KEYS_ONLY
    reviews-in-order   reviews    listed:S review_id:S     KEYS_ONLY
    samples-in-order   samples    listed:S sample_id:S     KEYS_ONLY
    samples-open       samples    open:S sample_id:S       KEYS_ONLY
    reports-in-order   reports    listed:S report_id:S     KEYS_ONLY
    mentions-open      mentions   open:S waits_from:S      KEYS_ONLY
    mentions-open-by-account mentions open_for:S waits_from:S KEYS_ONLY
    mentions-ringing   mentions   rings:S rings_at:S       KEYS_ONLY
    mentions-by-account mentions  account:S said_at:S      KEYS_ONLY
    impostors-open     impostors  open:S waits_from:S      KEYS_ONLY
    impostors-in-order impostors  listed:S found_at:S      KEYS_ONLY
    accounts-in-order  accounts   listed:S account_id:S    KEYS_ONLY
    people-in-order    people     listed:S person_id:S     KEYS_ONLY
    by-email           people     email_key:S              KEYS_ONLY
    by-duty            people     rota:S duty:N            INCLUDE entry
    incidents-in-order incidents  listed:S incident_id:S   KEYS_ONLY
    reminders-by-author reminders author:S reminder_id:S   KEYS_ONLY
    reminders-by-account reminders account:S reminder_id:S KEYS_ONLY
    reminders-due      reminders  open:S acts_at:S         KEYS_ONLY
    pictures-by-uploader pictures uploaded_by:S picture_id:S KEYS_ONLY
    consents-in-order  consents   listed:S recorded_at:S   KEYS_ONLY
    subscribers-in-order subscribers listed:S subscriber_id:S KEYS_ONLY
    by-person          sessions   person_id:S created_at:S KEYS_ONLY
"""

import os
from dataclasses import dataclass, fields
from typing import TypeVar, cast

from pynamodb.connection import Connection
from pynamodb.models import MetaModel

from shared.records import (
    appeal_rows,
    deletion_rows,
    disposal_rows,
    exception_rows,
    hold_rows,
    impostor_rows,
    incident_rows,
    legal_hold_rows,
    log_rows,
    mention_rows,
    notice_rows,
    picture_rows,
    proof_rows,
    publication_rows,
    registry_rows,
    reminder_rows,
    report_rows,
    review_rows,
    rows,
    sample_rows,
    server_rows,
    subscriber_rows,
    takedown_rows,
)
from shared.records.calls import Calls

R = TypeVar("R", bound=rows.Row)

ROWS: tuple[type[rows.Row], ...] = (
    registry_rows.AccountRow,
    registry_rows.HandleRow,
    registry_rows.ImportRow,
    registry_rows.CustodyRow,
    server_rows.ServerLimitRow,
    registry_rows.PolicyRow,
    registry_rows.PersonRow,
    rows.SessionRow,
    incident_rows.IncidentRow,
    rows.PostRow,
    deletion_rows.DeletionRow,
    exception_rows.ExceptionRow,
    appeal_rows.AppealRow,
    takedown_rows.TakedownRow,
    takedown_rows.BlockRow,
    mention_rows.MentionRow,
    impostor_rows.ImpostorRow,
    review_rows.ReviewRow,
    review_rows.FollowerListRow,
    sample_rows.SampleRow,
    report_rows.ReportRow,
    reminder_rows.ReminderRow,
    picture_rows.PictureRow,
    picture_rows.ConsentRow,
    rows.ApprovalRow,
    hold_rows.HoldRow,
    rows.LinkRow,
    publication_rows.PublicationRow,
    publication_rows.PlatformPostRow,
    rows.PlatformSessionRow,
    subscriber_rows.SubscriberRow,
    notice_rows.NoticeRow,
    rows.IdempotencyRow,
    log_rows.OutboxRow,
    log_rows.PayloadRow,
    log_rows.RecordKeyRow,
    log_rows.ErasureRow,
    legal_hold_rows.LegalHoldRow,
    disposal_rows.DisposalRow,
    log_rows.LogHeadRow,
    log_rows.AttestationRow,
    log_rows.MonthRow,
    log_rows.QuestionRow,
    proof_rows.ProofRow,
)


@dataclass(frozen=True)
class Tables:
    """Every table under one prefix, over one connection."""

    connection: Connection
    accounts: type[registry_rows.AccountRow]
    handles: type[registry_rows.HandleRow]
    imports: type[registry_rows.ImportRow]
    custodies: type[registry_rows.CustodyRow]
    server_limits: type[server_rows.ServerLimitRow]
    policies: type[registry_rows.PolicyRow]
    people: type[registry_rows.PersonRow]
    sessions: type[rows.SessionRow]
    incidents: type[incident_rows.IncidentRow]
    posts: type[rows.PostRow]
    deletions: type[deletion_rows.DeletionRow]
    exceptions: type[exception_rows.ExceptionRow]
    appeals: type[appeal_rows.AppealRow]
    takedowns: type[takedown_rows.TakedownRow]
    blocks: type[takedown_rows.BlockRow]
    mentions: type[mention_rows.MentionRow]
    impostors: type[impostor_rows.ImpostorRow]
    reviews: type[review_rows.ReviewRow]
    follower_lists: type[review_rows.FollowerListRow]
    samples: type[sample_rows.SampleRow]
    reports: type[report_rows.ReportRow]
    reminders: type[reminder_rows.ReminderRow]
    pictures: type[picture_rows.PictureRow]
    consents: type[picture_rows.ConsentRow]
    approvals: type[rows.ApprovalRow]
    holds: type[hold_rows.HoldRow]
    links: type[rows.LinkRow]
    publications: type[publication_rows.PublicationRow]
    platform_posts: type[publication_rows.PlatformPostRow]
    platform_sessions: type[rows.PlatformSessionRow]
    subscribers: type[subscriber_rows.SubscriberRow]
    notices: type[notice_rows.NoticeRow]
    idempotency: type[rows.IdempotencyRow]
    outbox: type[log_rows.OutboxRow]
    payloads: type[log_rows.PayloadRow]
    record_keys: type[log_rows.RecordKeyRow]
    erasures: type[log_rows.ErasureRow]
    legal_holds: type[legal_hold_rows.LegalHoldRow]
    disposals: type[disposal_rows.DisposalRow]
    loghead: type[log_rows.LogHeadRow]
    attestations: type[log_rows.AttestationRow]
    months: type[log_rows.MonthRow]
    questions: type[log_rows.QuestionRow]
    proofs: type[proof_rows.ProofRow]

    def all(self) -> tuple[type[rows.Row], ...]:
        """The row class of every table."""
        return tuple(getattr(self, field.name) for field in fields(self)[1:])


def tables(prefix: str, region: str | None = None, endpoint: str | None = None) -> Tables:
    """The tables called `prefix` + noun. Region and endpoint default to what AWS's own variables
    say (AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL)."""
    connection = Calls(region or os.environ.get("AWS_REGION"), endpoint)
    bound = {row.noun: _bind(row, prefix, connection) for row in ROWS}
    return Tables(connection, **cast("dict[str, type]", bound))


def _bind(row: type[R], prefix: str, connection: Connection) -> type[R]:
    meta = type("Meta", (), {"table_name": prefix + row.noun})
    place = {"__module__": row.__module__}
    bound = cast("type[R]", MetaModel(row.__name__, (row,), {"Meta": meta, **place}))
    table = bound._get_connection()  # noqa: SLF001 - its only way to a shared connection
    # One client for all tables: PynamoDB would make one per table, 0.1 s of cold start each.
    connection.add_meta_table(table.get_meta_table())
    table.connection = connection
    return bound
