"""The pages and the API of those who audit: all their routes. GET shows, POST acts (P6)."""

from archive.auditing.room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "archive.auditing.answer_pages": ("/audit/questions/{question_id}",),
        "archive.auditing.audit_pages": ("/audit",),
        "archive.auditing.post_pages": ("/audit/posts/{post_id}",),
        "archive.auditing.proofs_pages": (
            "/audit/proofs",
            "/audit/proofs/new",
            "/audit/proofs/{proof_id}",
        ),
        "archive.auditing.proofs_api": (
            "/v1/audit/proofs",
            "/v1/audit/proofs/{proof_id}",
            "/v1/audit/proofs/{proof_id}/files/{name}",
        ),
        "archive.auditing.months_api": ("/v1/audit/months", "/v1/audit/months/{month}"),
        "archive.auditing.questions_api": ("/v1/audit/questions",),
        "archive.auditing.records_api": ("/v1/audit/records",),
    }
)
