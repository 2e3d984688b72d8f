"""The whole way of a post, with the tables in Amazon's own engine."""

import pytest

from local.demo.evidence import sequence_all, verified_leaves
from shared.posts.life import State
from tests.workflows.force import WATCHED, a_force

pytestmark = pytest.mark.dynamodb


def test_a_clear_post_and_an_approved_one_go_out_and_a_rejected_one_does_not():
    with a_force(database="dynamodb-local") as force:
        clear = force.submit("Kept by the real engine.")
        approved = force.submit("Approved in the real engine.", WATCHED)
        rejected = force.submit("Rejected in the real engine.", WATCHED)
        force.decide(approved, "approve")
        force.decide(rejected, "reject", "Not like this.")

        assert force.until(clear) is State.PUBLISHED
        assert force.until(approved) is State.PUBLISHED
        assert force.until(rejected) is State.REJECTED
        assert force.published("Kept by the real engine.") == 1
        assert force.published("Approved in the real engine.") == 1
        assert force.published("Rejected in the real engine.") == 0
        sequence_all(force.stack)
        leaves, verified = verified_leaves(force.stack)
        assert leaves == verified > 3 * 3
