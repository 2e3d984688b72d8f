"""What the two contracts share: a server, a bucket, and the gaps that a server is known to have."""

from collections.abc import Mapping
from types import MappingProxyType, SimpleNamespace
from typing import ClassVar

import pytest

from archive.sealing.vault import Vault
from tests.s3.served import Room, Served


class Contract:
    """Inherit, say which server, and which of the tests it is known to fail.

    A gap is a canary: when the server begins to keep the rule, its test fails, and the gap is
    taken off the list.
    """

    gaps: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Names of tests, each with what this server does instead."""

    @pytest.fixture
    def server(self) -> Served:
        """Where it listens."""
        raise NotImplementedError

    @pytest.fixture
    def room(self, server) -> Room:
        return Room(server.client())

    @pytest.fixture
    def vault(self, room) -> Vault:
        return Vault(room.name, room.client)

    @pytest.fixture(autouse=True)
    def _impatient(self, monkeypatch):
        """botocore repeats without a pause."""
        monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None))

    @pytest.fixture(autouse=True)
    def _canary(self, request):
        instead = self.gaps.get(request.node.originalname)
        if instead:
            broken = (AssertionError, pytest.fail.Exception)
            request.applymarker(pytest.mark.xfail(raises=broken, strict=True, reason=instead))

    def test_every_gap_is_a_test_of_this_contract(self):
        assert [name for name in self.gaps if not hasattr(self, name)] == []
