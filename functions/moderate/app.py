"""The approver's pages and API: all their routes. GET shows, POST acts (P6)."""

from moderate.approval_pages import approval_page, approval_sent, queue_page
from moderate.approvals_api import approval_api, decide_api, queue_api
from moderate.room import app, room

__all__ = [
    "app",
    "approval_api",
    "approval_page",
    "approval_sent",
    "decide_api",
    "queue_api",
    "queue_page",
    "room",
]
