"""How a command finds a force: by the port it runs on, or by the name of its stack."""

import pytest

import local.reach
from local.force import DOMAIN
from local.reach import LOCAL, OutOfReachError, reach, within_reach


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(local.reach, "BUILD", tmp_path)
    return tmp_path / "local" / "8080"


def test_a_force_that_runs_here_is_found_by_its_port_while_it_runs(folder, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "nowhere")
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:2")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    here = {"AWS_REGION": "eu-west-2", "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1"}

    with within_reach(folder, here):
        reached = reach(LOCAL, 8080, None)

    assert reached.tables.connection.client.meta.endpoint_url == "http://127.0.0.1:1"
    assert reached.tables.accounts.Meta.table_name == "bluelamp-local-accounts"
    assert reached.force.domain == DOMAIN
    with pytest.raises(OutOfReachError, match="8080"):
        reach(LOCAL, 8080, None)


def test_a_force_elsewhere_is_named_with_its_domain(folder, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "eu-west-2")

    reached = reach("moorshire", 8080, "Moorshire.Police.Example")

    assert reached.tables.accounts.Meta.table_name == "moorshire-accounts"
    assert reached.force.domain == "moorshire.police.example"
    with pytest.raises(OutOfReachError, match="--domain"):
        reach("moorshire", 8080, None)
