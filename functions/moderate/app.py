"""The approver's pages and API: all their routes. GET shows, POST acts (P6)."""

from moderate.approval_pages import approval_page, approval_sent
from moderate.approval_pictures import approval_picture
from moderate.approvals_api import approval_api, decide_api
from moderate.held_api import held_api, review_api
from moderate.held_pages import held_page, hold_page, hold_sent
from moderate.incident_pages import (
    incident_act,
    incident_page,
    incident_sent,
    incidents_page,
    new_incident_page,
)
from moderate.incidents_api import (
    declare_api,
    exempt_api,
    incident_api,
    incidents_api,
    report_api,
    stand_down_api,
)
from moderate.queue_api import decide_many_api, queue_api, tally_api
from moderate.queue_pages import queue_page
from moderate.room import app, room
from moderate.uncertain_api import settle_api, uncertain_api
from moderate.uncertain_pages import settle_page, settle_sent, uncertain_page
from moderate.urgent_api import urgent_api, urgent_review_api
from moderate.urgent_pages import urgent_page, urgent_sent

__all__ = [
    "app",
    "approval_api",
    "approval_page",
    "approval_picture",
    "approval_sent",
    "decide_api",
    "decide_many_api",
    "declare_api",
    "exempt_api",
    "held_api",
    "held_page",
    "hold_page",
    "hold_sent",
    "incident_act",
    "incident_api",
    "incident_page",
    "incident_sent",
    "incidents_api",
    "incidents_page",
    "new_incident_page",
    "queue_api",
    "queue_page",
    "report_api",
    "review_api",
    "room",
    "settle_api",
    "settle_page",
    "settle_sent",
    "stand_down_api",
    "tally_api",
    "uncertain_api",
    "uncertain_page",
    "urgent_api",
    "urgent_page",
    "urgent_review_api",
    "urgent_sent",
]
