"""The routes of reminders. What serves them is loaded when the first of them is asked for: most
requests are about posts, and somebody waits for every start of a process.
"""

from compose.room import app
from shared.http.application import Answer
from shared.http.call import Call


@app.on("/reminders")
def reminders_page(call: Call) -> Answer:
    """Your reminders, or one account's, newest first."""
    from compose import reminder_pages

    return reminder_pages.reminders_page(call)


@app.on("/reminders/new")
def new_reminder_page(call: Call) -> Answer:
    """The form of a new reminder."""
    from compose import reminder_pages

    return reminder_pages.new_reminder_page(call)


@app.on("/reminders/new", "POST")
def new_reminder_sent(call: Call) -> Answer:
    """Show what it would do, or keep what was shown."""
    from compose import reminder_pages

    return reminder_pages.new_reminder_sent(call)


@app.on("/reminders/{reminder_id}")
def reminder_page(call: Call, reminder_id: str) -> Answer:
    """One reminder, its next dates, and what you can do with it."""
    from compose import reminder_pages

    return reminder_pages.reminder_page(call, reminder_id)


@app.on("/reminders/{reminder_id}", "POST")
def reminder_sent(call: Call, reminder_id: str) -> Answer:
    """Pause, resume or end it."""
    from compose import reminder_pages

    return reminder_pages.reminder_sent(call, reminder_id)


@app.on("/reminders/{reminder_id}/change")
def change_reminder_page(call: Call, reminder_id: str) -> Answer:
    """The form of a reminder that is there."""
    from compose import reminder_pages

    return reminder_pages.change_reminder_page(call, reminder_id)


@app.on("/reminders/{reminder_id}/change", "POST")
def change_reminder_sent(call: Call, reminder_id: str) -> Answer:
    """Show what it would do, or keep what was shown."""
    from compose import reminder_pages

    return reminder_pages.change_reminder_sent(call, reminder_id)


@app.on("/v1/reminders")
def reminders_api(call: Call) -> Answer:
    """Your reminders, or one account's."""
    from compose import reminders_api

    return reminders_api.reminders_api(call)


@app.on("/v1/reminders", "POST")
def make_reminder_api(call: Call) -> Answer:
    """Make a series of posts for a regular event."""
    from compose import reminders_api

    return reminders_api.make_reminder_api(call)


@app.on("/v1/reminders/{reminder_id}")
def reminder_api(call: Call, reminder_id: str) -> Answer:
    """One series, and its next dates."""
    from compose import reminders_api

    return reminders_api.reminder_api(call, reminder_id)


@app.on("/v1/reminders/{reminder_id}", "PATCH")
def change_reminder_api(call: Call, reminder_id: str) -> Answer:
    """Change what a series says; its posts that still wait are replaced."""
    from compose import reminders_api

    return reminders_api.change_reminder_api(call, reminder_id)


@app.on("/v1/reminders/{reminder_id}/pause", "POST")
def pause_reminder_api(call: Call, reminder_id: str) -> Answer:
    """Send nothing in until it is resumed; what waits is taken back."""
    from compose import reminders_api

    return reminders_api.pause_reminder_api(call, reminder_id)


@app.on("/v1/reminders/{reminder_id}/resume", "POST")
def resume_reminder_api(call: Call, reminder_id: str) -> Answer:
    """Go on with it, or take over what has lost its author."""
    from compose import reminders_api

    return reminders_api.resume_reminder_api(call, reminder_id)


@app.on("/v1/reminders/{reminder_id}/end", "POST")
def end_reminder_api(call: Call, reminder_id: str) -> Answer:
    """End it for good; what waits is taken back."""
    from compose import reminders_api

    return reminders_api.end_reminder_api(call, reminder_id)
