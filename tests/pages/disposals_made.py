"""The pages of disposals, filled."""

from dataclasses import replace

from moderate.disposals_pages import HOLDS, NEW
from moderate.disposals_shown import (
    ALL,
    TAGS,
    TITLE,
    ask_form,
    decide_form,
    row_of,
)
from shared.months.disposal import Disposal, approved
from shared.months.legal_hold import Word
from shared.months.month import Month
from shared.pages.parts import FieldError
from shared.pages.registry_views import EntryView, Fact, RegistryView
from shared.records.disposals import LastLook, Outlived
from tests.pages.made_views import NOW

MAY, JUNE, BAG = Month(2019, 5), Month(2019, 6), "5f" * 32
SEEN = LastLook(NOW, tuple(Outlived(each, BAG, "posts", NOW) for each in (MAY, JUNE)))
HELD = "2019-07 stays: the legal hold that was asked for on 2026-11-20 keeps it."
WRONG = (FieldError("month", HELD),)
ASKED = Disposal(
    "01J0000000000000000000000D", MAY, BAG, Word("p-comms", NOW, "It is past its time.")
)
AGREED = approved(replace(ASKED, month=JUNE), Word("p-standards", NOW))
FACTS = (
    Fact("Month", ("2019-05",)),
    Fact("Bag", (BAG,)),
    Fact("Asked for", ("Carys Whitlock, 21 November 2026 at 12:00", ASKED.asked.why)),
    Fact("Waits, because", ("its approval is not in a sealed month yet",)),
)
ROWS = (row_of(ASKED), row_of(AGREED))

VIEWS = {
    "disposals": ("registry", RegistryView(TITLE, "/disposals", ROWS, ways=(NEW, HOLDS))),
    "disposal-new": ("form", replace(ask_form(SEEN), errors=WRONG)),
    "disposal-waits": (
        "entry",
        EntryView(
            "Disposal of a sealed month",
            *TAGS[ASKED.state],
            FACTS,
            forms=(decide_form(ASKED),),
            ways=(ALL,),
        ),
    ),
}
