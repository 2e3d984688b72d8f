"""The letters of the newsletter, read back from their bytes."""

import re
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from shared.mail.send import TAGS
from shared.posts.newsletter import Issue, Item
from shared.records.subscribers import Subscriber, subscriber_id
from subscribe.letters import MOST, please_confirm, weekly
from tests.builders import NOW
from tests.unit.subscribe.readers import SENDER

SAM = "sam@example.org"
TOKEN = "T" * 43
READER = Subscriber(subscriber_id(SAM), SAM, TOKEN, NOW, None)
ISSUE = Issue(date(2026, 11, 20), NOW - timedelta(days=7), NOW)
LEAVING = f"https://bluelamp.example/newsletter/leave/{subscriber_id(SAM)}/{TOKEN}"


def an_item(text="The road is open again.", hours=1, title="Leek NPT"):
    return Item(title, text, f"https://feeds.example/{hours}.html", NOW - timedelta(hours=hours))


def the_letter(*items):
    message = weekly(READER, ISSUE, items or (an_item(),), SENDER, NOW)
    return message, message_from_bytes(message.as_bytes(), policy=default)


def words_of(read):
    """What it says, with the line ends that people type."""
    return read.get_content().replace("\r\n", "\n")


def test_the_week_is_told_newest_first_word_for_word():
    words = "Ŵyl yn Stoke 🚓\n\nDiolch! " + "long " * 60
    _, read = the_letter(an_item(hours=30), an_item(words, hours=2))

    text = words_of(read)
    assert words in text
    assert text.index(words) < text.index("The road is open again.")
    assert "Leek NPT, Friday 20 November, 07:00" in text
    assert "https://feeds.example/2.html" in text


def test_one_click_leaves():
    message, read = the_letter()

    assert read["List-Unsubscribe"] == f"<{LEAVING}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # In one piece on one line: mail programs read it before anybody unfolds it.
    assert f"\r\nList-Unsubscribe: <{LEAVING}>\r\n".encode() in message.as_bytes()
    assert LEAVING in read.get_content()


def test_it_says_that_no_person_wrote_and_which_list_it_is():
    _, read = the_letter()

    assert read["Auto-Submitted"] == "auto-generated"
    assert read["List-Id"] == "<newsletter.bluelamp.example>"
    assert read["From"].addresses[0].addr_spec == "newsletter@bluelamp.example"
    assert read.get_content_type() == "text/plain"
    assert not read.defects


def test_what_the_mail_service_tells_of_it_is_understood_and_names_no_address():
    message, _ = the_letter()

    assert str(message[TAGS]) == f"event=newsletter, reader={subscriber_id(SAM)}"
    assert SAM not in str(message[TAGS])


@pytest.mark.parametrize(
    "text",
    [
        "first\r\nBcc: everybody@example.org\r\n\r\nsecond",
        "form\x0cfeed \x1b[31mred\x1b[0m \x00 \x85 \u2028 end",
        "half \ud83d",
        "-- \nnot the foot",
    ],
)
def test_no_words_become_a_header_or_obey_a_terminal(text):
    message, read = the_letter(an_item(text, title="Leek\r\nBcc: all@example.org"))

    assert read["Bcc"] is None
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", words_of(read))
    assert max(map(len, message.as_bytes().split(b"\r\n"))) <= 998
    assert words_of(read).endswith(f"To stop:\n{LEAVING}\n")


def test_a_week_of_very_many_posts_is_cut_and_says_so():
    _, read = the_letter(*(an_item(f"Post {n}", hours=n + 1) for n in range(MOST + 5)))

    assert "And 5 more this week." in read.get_content()
    assert "Post 0" in read.get_content()
    assert f"Post {MOST}" not in read.get_content()


def test_the_first_letter_leads_to_a_page_with_a_button():
    message = please_confirm(SAM, TOKEN, SENDER, NOW)
    read = message_from_bytes(message.as_bytes(), policy=default)

    link = f"https://bluelamp.example/newsletter/confirm/{subscriber_id(SAM)}/{TOKEN}"
    assert re.findall(r"https?://\S+", read.get_content()) == [link]
    assert "If it was not you, do nothing" in read.get_content()
    assert read["List-Unsubscribe"] is None
