"""The room of those who audit: sealed months are listed, and asked through a browser or the API.

    months_on_record.py   which months are sealed, copied, missing
    fetch_copy.py         the files of the copy that one question reads, brought to this machine
    wish.py               what somebody asks, field by field
    ask_question.py       the deed: asked, answered, and on record before it is shown

A question is put on record by a POST; reading its answer again, page by page, changes nothing (P6).
Only what asks needs DuckDB, and only when it asks (ADR 0001).
"""
