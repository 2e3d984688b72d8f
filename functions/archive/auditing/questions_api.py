"""The API of fixed questions: what auditors ask every time."""

from typing import Any

from archive.auditing.room import app, guest_of
from archive.questions.pack import Fixed, pack
from shared.http.application import Answer, json_answer
from shared.http.call import Call


@app.on("/v1/audit/questions")
def questions_api(call: Call) -> Answer:
    """The fixed questions, each with the rule behind it, and what may be given to it."""
    guest_of(call)
    return json_answer({"questions": [fixed_shape(each) for each in pack().values()]})


def fixed_shape(fixed: Fixed) -> dict[str, Any]:
    """One fixed question."""
    return {
        "question": fixed.name,
        "asks": fixed.asks,
        "source": fixed.source,
        "given": dict(fixed.defaults),
    }
