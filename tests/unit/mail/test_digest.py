"""One letter a person a morning, and nothing twice in it."""

from hypothesis import given
from hypothesis import strategies as st

from shared.mail.digest import Matter, gathered
from shared.mail.errors import UnsentMailError
from shared.mail.everybody import send_each
from shared.mail.letters import Event
from tests.builders import NOW, a_person

LINK = "https://bluelamp.example/"
LIND, OKAFOR = a_person("sgt-lind", name="Ash Lind"), a_person("pc-okafor")
people = st.lists(st.sampled_from([LIND, OKAFOR]), max_size=3).map(tuple)
words = st.sampled_from(["Keys", "Silence", "Training"])


def test_what_is_alike_stands_together_and_whoever_is_told_of_several_gets_one_letter():
    matters = [
        Matter("Keys", "leek on x", (LIND,)),
        Matter("Silence", "Leek", (LIND, OKAFOR)),
        Matter("Keys", "leek on x", (LIND,)),
        Matter("Keys", "buxton on x", (LIND,)),
    ]

    letters = gathered(matters, LINK)

    assert letters[LIND.email].matters == ("Keys: leek on x", "Keys: buxton on x", "Silence: Leek")
    assert letters[OKAFOR.email].matters == ("Silence: Leek",)
    assert letters[LIND.email].addressee == "Ash Lind"


@given(st.lists(st.builds(Matter, words, st.integers(0, 9).map(str), people), max_size=30))
def test_everybody_is_told_all_that_is_theirs_and_nothing_else(matters):
    letters = gathered(matters, LINK)

    for person in (LIND, OKAFOR):
        mine = {f"{m.about}: {m.line}" for m in matters if person in m.to}
        told = letters[person.email].matters if person.email in letters else ()
        assert set(told) == mine
        assert len(told) == len(mine)


def test_one_letter_that_does_not_leave_keeps_no_other_back():
    sent = []

    def send(message):
        if OKAFOR.email in message["To"]:
            raise UnsentMailError("No.")
        sent.append(message)
        return "sent"

    letters = gathered([Matter("Silence", "Leek", (OKAFOR, LIND))], LINK)
    posted = send_each(Event.MORNING, letters, sender="bluelamp@force.example", send=send, at=NOW)

    assert posted.arrived == {LIND.email}
    assert isinstance(posted.failed, UnsentMailError)
    assert sent[0]["Subject"] == "1 thing to see to"
