"""The pages of what could not be read back, filled."""

from dataclasses import replace
from datetime import timedelta

from compose.afterwards_pages import entry_form
from moderate.uncertain_pages import EMPTY, TITLE
from moderate.uncertain_shown import settle_form
from shared.accounts.registry import Handle
from shared.pages.parts import FieldError, HistoryLine, MediaView
from shared.pages.registry_views import RegistryRow, RegistryView
from shared.pages.uncertain_views import UncertainView
from tests.builders import an_account
from tests.pages.made_views import NOW, PIXEL, POST, TEXT, X

ADDRESS = f"/uncertain/{POST}/1/x"
WRONG = (
    FieldError("decision", "Choose what you saw."),
    FieldError("url", "Give the address of the post as the platform shows it."),
    FieldError("why", "Say how you know: where you looked, and what you saw. It is kept."),
)
LATER = (FieldError("date", "Say the day and the time it was posted."),)
TRAIL = (
    HistoryLine(NOW, "Bluelamp", "The request was frozen, and the first attempt began."),
    HistoryLine(NOW, "Bluelamp", "There was no answer that can be trusted.", "Timed out."),
)
SETTLE = UncertainView(
    POST,
    1,
    "Leek NPT",
    X,
    "@LeekNPT",
    TEXT,
    NOW,
    NOW + timedelta(minutes=12),
    TRAIL,
    (MediaView("A lorry across both lanes.", "image/png", PIXEL),),
    "https://x.com/LeekNPT",
    "1" * 19,
    '{\n "text": "The road is open again."\n}',
    settle_form(ADDRESS, {}, ()),
)
ROW = RegistryRow(ADDRESS, "Leek NPT on X", "Uncertain", "orange", f"Sent today: {TEXT}")

VOICES = (an_account("leek-npt", handles=(Handle(X, "@LeekNPT", ""),)), an_account("cheadle-npt"))

VIEWS = {
    "afterwards": ("form", entry_form(VOICES)),
    "afterwards-wrong": ("form", replace(entry_form(VOICES), errors=LATER)),
    "uncertain": ("uncertain", RegistryView(TITLE, "/uncertain", (ROW, ROW), "a+b/c=")),
    "uncertain-none": ("uncertain", RegistryView(TITLE, "/uncertain", (), empty=EMPTY)),
    "settle": ("settle", SETTLE),
    "settle-wrong": (
        "settle",
        replace(SETTLE, form=settle_form(ADDRESS, {"why": ("\n I looked.",)}, WRONG)),
    ),
    "settle-not-by-you": (
        "settle",
        replace(SETTLE, form=None, note="Only communications staff say whether it is there."),
    ),
    "settle-never-tried": ("settle", replace(SETTLE, history=(), named=None)),
}
