"""The author's pages and API: all their routes."""

from compose.afterwards_api import enter_afterwards_api
from compose.afterwards_pages import afterwards_page, afterwards_sent
from compose.one_post_pages import post_page, post_taken_back
from compose.platforms_api import platforms_api
from compose.post_pages import home, new_page, new_sent, posts_page, static_file
from compose.posts_api import (
    check_api,
    describe,
    post_api,
    posts_api,
    submit_api,
    withdraw_api,
)
from compose.reminder_routes import (
    change_reminder_api,
    change_reminder_page,
    change_reminder_sent,
    end_reminder_api,
    make_reminder_api,
    new_reminder_page,
    new_reminder_sent,
    pause_reminder_api,
    reminder_api,
    reminder_page,
    reminder_sent,
    reminders_api,
    reminders_page,
    resume_reminder_api,
)
from compose.room import app, room

__all__ = [
    "afterwards_page",
    "afterwards_sent",
    "app",
    "change_reminder_api",
    "change_reminder_page",
    "change_reminder_sent",
    "check_api",
    "describe",
    "end_reminder_api",
    "enter_afterwards_api",
    "home",
    "make_reminder_api",
    "new_page",
    "new_reminder_page",
    "new_reminder_sent",
    "new_sent",
    "pause_reminder_api",
    "platforms_api",
    "post_api",
    "post_page",
    "post_taken_back",
    "posts_api",
    "posts_page",
    "reminder_api",
    "reminder_page",
    "reminder_sent",
    "reminders_api",
    "reminders_page",
    "resume_reminder_api",
    "room",
    "static_file",
    "submit_api",
    "withdraw_api",
]
