"""Approval links: found by their secret only, void after five wrong codes."""

from datetime import timedelta

import pytest

from shared.mail.links import is_code
from shared.posts.life import State
from shared.records.approvals import Approvals
from shared.records.errors import DeadLinkError, NotFoundError
from shared.records.links import Links
from shared.records.posts import Posts
from tests.builders import NOW, a_link, a_pen, a_post, a_round, an_act


@pytest.fixture
def links(store):
    return Links(store)


@pytest.fixture
def link(store):
    post = Posts(store, a_pen()).submit(a_post(state=State.AWAITING_APPROVAL), an_act())
    link = a_link(post, "one")
    Approvals(store, a_pen()).open(post, a_round(links=(link,)), an_act())
    return link


class TestLinks:
    def test_a_link_is_kept_without_its_secret_and_its_code(self, links, link):
        kept = links.find("one")

        assert kept == link
        assert kept.link_hash not in repr(kept)
        assert kept.code_hash not in repr(kept)
        assert is_code("271828", "one", kept.code_hash)
        assert not is_code("271829", "one", kept.code_hash)
        assert not is_code("271828", "two", kept.code_hash)

    def test_four_wrong_codes_leave_it_alive_and_the_fifth_voids_it(self, links, link):
        alive = [links.wrong_code(link).void for _ in range(4)]

        fifth = links.wrong_code(link)

        assert alive == [False] * 4
        assert (fifth.wrong_codes, fifth.void) == (5, True)
        assert links.find("one") == fifth

    def test_a_void_link_counts_no_further(self, links, link):
        for _ in range(5):
            links.wrong_code(link)

        with pytest.raises(DeadLinkError):
            links.wrong_code(link)

        assert links.find("one").wrong_codes == 5

    def test_a_link_can_be_taken_back_once(self, links, link):
        assert links.void(link).void

        with pytest.raises(DeadLinkError):
            links.void(link)
        with pytest.raises(DeadLinkError):
            links.wrong_code(link)

    def test_a_link_is_taken_back_together_with_its_leaf_and_once(self, store, links, link):
        before = len(list(store.outbox.scan()))

        links.void_with(link, an_act("approval.link_refused"), a_pen())
        with pytest.raises(DeadLinkError):
            links.void_with(link, an_act("approval.link_refused"), a_pen())

        assert links.find("one").void
        assert len(list(store.outbox.scan())) == before + 1

    def test_a_wrong_code_makes_no_link_where_there_is_none(self, links):
        stranger = a_link(a_post(), "never-kept")

        with pytest.raises(DeadLinkError):
            links.wrong_code(stranger)
        with pytest.raises(NotFoundError):
            links.find("never-kept")

    @pytest.mark.usefixtures("link")
    @pytest.mark.parametrize("secret", ["", "two", "ONE", "x" * 9000, "\ud83d", "one "])
    def test_another_secret_finds_nothing(self, links, secret):
        with pytest.raises(NotFoundError):
            links.find(secret)

    def test_the_secret_and_the_code_lie_nowhere(self, store, link):
        item = store.links.get(link.link_hash).to_simple_dict()

        assert "one" not in item.values()
        assert not any("271828" in str(value) for value in item.values())

    def test_a_link_is_remembered_for_a_month_after_it_expired(self, store, link):
        ttl = store.links.get(link.link_hash).ttl

        assert ttl == NOW + timedelta(days=31)
