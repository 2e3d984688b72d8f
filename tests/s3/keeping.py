"""What Object Lock promises the archive: what is kept stays, whoever asks, and says until when."""

import pytest

from tests.s3.contract import Contract
from tests.s3.served import ACCEPTED, REFUSED, later, outcome

BAG = "month=2026-10/manifest-sha256.txt"
MODES = ["GOVERNANCE", "COMPLIANCE"]


class KeepingContract(Contract):
    """Retention, legal hold, deletes. Every test writes with boto3 alone."""

    def expire(self, room, key, version):
        """Make the server believe that the version's retention is over."""
        raise NotImplementedError

    # ── the bucket's own rule

    def test_the_bucket_tells_the_rule_it_keeps_its_objects_by(self, room):
        room.rule("COMPLIANCE", 10)

        told = room.client.get_object_lock_configuration(Bucket=room.name)

        lock = told["ObjectLockConfiguration"]
        assert lock["ObjectLockEnabled"] == "Enabled"
        rule = lock["Rule"]["DefaultRetention"]
        assert (rule["Mode"], rule["Days"]) == ("COMPLIANCE", 10)

    @pytest.mark.parametrize("mode", MODES)
    def test_what_is_written_under_the_rule_is_kept_by_it(self, room, mode):
        room.rule(mode, 10)

        version = room.put(BAG)

        assert room.delete(BAG, version) == REFUSED
        assert room.bytes_of(BAG, version) == b"bytes"

    def test_what_is_written_under_the_rule_says_until_when_it_is_kept(self, room):
        room.rule("COMPLIANCE", 10)
        before = later(10)

        version = room.put(BAG)

        mode, until = room.lock_of(BAG, version)
        assert mode == "COMPLIANCE"
        assert before <= until <= later(10)

    @pytest.mark.parametrize("mode", [None, "GOVERNANCE"], ids=["none", "governance"])
    def test_another_rule_frees_nothing_that_was_written_before_it(self, room, mode):
        room.rule("COMPLIANCE", 10)
        version = room.put(BAG)

        room.rule(mode, 1)

        assert room.delete(BAG, version, bypass=True) == REFUSED

    def test_an_object_without_any_rule_is_not_kept(self, room):
        assert room.delete(BAG, room.put(BAG)) == ACCEPTED

    def test_versions_cannot_be_given_up_in_a_locked_bucket(self, room):
        suspend = {"Bucket": room.name, "VersioningConfiguration": {"Status": "Suspended"}}

        assert outcome(room.client.put_bucket_versioning, **suspend) != ACCEPTED

    def test_a_bucket_that_holds_something_is_not_deleted(self, room):
        room.kept(BAG, "GOVERNANCE")
        room.delete(BAG)

        assert outcome(room.client.delete_bucket, Bucket=room.name) == "BucketNotEmpty"

    # ── COMPLIANCE: only longer

    def test_compliance_can_be_lengthened(self, room):
        version = room.kept(BAG, "COMPLIANCE", 10)

        assert room.retain(BAG, version, "COMPLIANCE", 20) == ACCEPTED
        assert room.lock_of(BAG, version)[1] > later(19)

    @pytest.mark.parametrize("bypass", [False, True], ids=["asked", "bypassed"])
    def test_compliance_is_not_shortened(self, room, bypass):
        version = room.kept(BAG, "COMPLIANCE", 10)

        assert room.retain(BAG, version, "COMPLIANCE", 1, bypass=bypass) == REFUSED
        assert room.lock_of(BAG, version)[1] > later(9)

    @pytest.mark.parametrize("bypass", [False, True], ids=["asked", "bypassed"])
    def test_compliance_does_not_become_governance_not_even_a_longer_one(self, room, bypass):
        version = room.kept(BAG, "COMPLIANCE", 10)

        assert room.retain(BAG, version, "GOVERNANCE", 20, bypass=bypass) == REFUSED
        assert room.lock_of(BAG, version)[0] == "COMPLIANCE"

    @pytest.mark.parametrize("bypass", [False, True], ids=["asked", "bypassed"])
    def test_compliance_is_not_taken_away(self, room, bypass):
        version = room.kept(BAG, "COMPLIANCE", 10)
        asked = {"Bucket": room.name, "Key": BAG, "VersionId": version, "Retention": {}}
        if bypass:
            asked["BypassGovernanceRetention"] = True

        assert outcome(room.client.put_object_retention, **asked) != ACCEPTED
        assert room.delete(BAG, version) == REFUSED

    @pytest.mark.parametrize("bypass", [False, True], ids=["asked", "bypassed"])
    def test_what_compliance_keeps_is_deleted_by_nobody(self, room, bypass):
        version = room.kept(BAG, "COMPLIANCE")

        assert room.delete(BAG, version, bypass=bypass) == REFUSED
        assert room.bytes_of(BAG, version) == b"bytes"

    def test_deleting_many_at_once_deletes_only_what_is_not_kept(self, room):
        kept, free = room.kept(BAG, "COMPLIANCE"), room.put("free")
        named = [{"Key": BAG, "VersionId": kept}, {"Key": "free", "VersionId": free}]

        told = room.client.delete_objects(
            Bucket=room.name, Delete={"Objects": named}, BypassGovernanceRetention=True
        )

        assert [(each["Key"], each["Code"]) for each in told["Errors"]] == [(BAG, REFUSED)]
        assert [each["Key"] for each in told["Deleted"]] == ["free"]
        assert room.bytes_of(BAG, kept) == b"bytes"

    # ── GOVERNANCE: by those who may, and say so

    def test_governance_is_bypassed_only_by_who_says_so(self, room):
        version = room.kept(BAG, "GOVERNANCE")

        assert room.delete(BAG, version) == REFUSED
        assert room.delete(BAG, version, bypass=True) == ACCEPTED
        assert room.versions(BAG) == []

    def test_governance_is_shortened_only_by_who_says_so(self, room):
        version = room.kept(BAG, "GOVERNANCE", 10)

        assert room.retain(BAG, version, "GOVERNANCE", 1) == REFUSED
        assert room.retain(BAG, version, "GOVERNANCE", 1, bypass=True) == ACCEPTED

    def test_a_retention_that_is_over_already_is_refused(self, room):
        version = room.put(BAG)

        assert room.retain(BAG, version, "COMPLIANCE", -1) != ACCEPTED

    def test_what_was_kept_long_enough_can_be_deleted(self, room):
        version = room.kept(BAG, "COMPLIANCE")

        self.expire(room, BAG, version)

        assert room.delete(BAG, version) == ACCEPTED

    # ── legal hold

    def test_what_is_on_hold_is_deleted_by_nobody_until_it_is_released(self, room):
        version = room.put(BAG)
        room.hold(BAG, version, "ON")

        assert room.delete(BAG, version) == REFUSED
        assert room.delete(BAG, version, bypass=True) == REFUSED
        room.hold(BAG, version, "OFF")
        assert room.delete(BAG, version) == ACCEPTED

    def test_a_hold_stands_where_governance_is_bypassed(self, room):
        version = room.kept(BAG, "GOVERNANCE")
        room.hold(BAG, version, "ON")

        assert room.delete(BAG, version, bypass=True) == REFUSED

    def test_a_release_leaves_the_retention_as_it_is(self, room):
        version = room.kept(BAG, "COMPLIANCE")
        room.hold(BAG, version, "ON")

        room.hold(BAG, version, "OFF")

        assert room.delete(BAG, version) == REFUSED

    def test_a_hold_outlives_the_retention(self, room):
        version = room.kept(BAG, "COMPLIANCE")
        room.hold(BAG, version, "ON")

        self.expire(room, BAG, version)

        assert room.delete(BAG, version) == REFUSED

    def test_a_hold_can_be_seen(self, room):
        version = room.put(BAG)
        asked = {"Bucket": room.name, "Key": BAG, "VersionId": version}

        room.hold(BAG, version, "ON")

        assert room.client.get_object_legal_hold(**asked)["LegalHold"] == {"Status": "ON"}
        assert room.client.head_object(**asked)["ObjectLockLegalHoldStatus"] == "ON"
