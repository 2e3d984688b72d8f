"""A few processes that serve every function, and what one function sees of another: nothing."""

import os
import threading
from dataclasses import replace

import pytest

from local.lambdas import StoppedError, TooManyRequestsError
from tests.unit.local.houses import CODE, a_function, is_running


def listener(**settings):
    """A second function of the same code: it has a name and variables of its own."""
    function = a_function("greet.steps.tell", **settings)
    return replace(function, name="listen", logical_id="Listen")


def test_one_process_serves_one_function_after_the_other(house):
    lambdas = house(a_function("greet.steps.tell"), listener(), shared_workers=1)

    told = [lambdas.call(name, {}).result() for name in ("tell", "listen", "tell")]

    assert [one["function_name"] for one in told] == ["tell", "listen", "tell"]
    assert {one["pid"] for one in told} == set(lambdas.pids())
    assert len(lambdas.pids()) == 1


def test_a_handler_sees_no_variable_of_another_function(house):
    speaks = a_function("greet.steps.tell", environment={"TABLE": "things", "KEY": "secret"})
    listens = listener(environment={"TABLE": "others"})
    lambdas = house(speaks, listens, shared_workers=1)
    alone = house(listens)

    lambdas.call("tell", {})
    seen = lambdas.call("listen", {}).result()["environment"]

    assert seen == alone.call("listen", {}).result()["environment"]
    assert seen["TABLE"] == "others"
    assert "KEY" not in seen
    assert "LOCAL_PARENT" not in seen


def test_what_a_module_keeps_is_kept_for_its_own_function(house):
    lambdas = house(a_function("greet.steps.tell"), listener(), shared_workers=1)

    calls = [
        lambdas.call(name, {}).result()["calls"]
        for name in ("tell", "tell", "listen", "tell", "listen")
    ]

    assert calls == [1, 2, 1, 3, 2]


def test_functions_whose_code_lies_apart_find_their_own(house, tmp_path):
    folder = tmp_path / "code"
    (folder / "greet").mkdir(parents=True)
    (folder / "greet" / "steps.py").write_text(
        "def tell(event, context):\n    return 'elsewhere'\n"
    )
    lambdas = house(
        a_function("greet.steps.tell"), replace(listener(), folder=folder), shared_workers=1
    )

    told = [lambdas.call(name, {}).result() for name in ("tell", "listen", "tell")]

    assert [told[0]["folder"], told[1], told[2]["folder"]] == [str(CODE), "elsewhere", str(CODE)]


COUNTING = "_calls = []\ndef count():\n    _calls.append(1)\n    return len(_calls)\n"
TELLING = (
    "from shared.mail.kept import count as own\n"
    "from shared.posts.kept import count as common\n"
    "def tell(event, context):\n    return [own(), common()]\n"
)


def a_folder_of_nouns(place):
    """Code whose functions count, in a noun that may keep things and in one that keeps none."""
    for name, text in {
        "count/steps.py": TELLING,
        "shared/__init__.py": "",
        "shared/mail/kept.py": COUNTING,
        "shared/posts/kept.py": COUNTING,
    }.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    return place


def test_what_keeps_nothing_is_loaded_once_for_all_functions_of_a_folder(house, tmp_path):
    here, there = a_folder_of_nouns(tmp_path / "here"), a_folder_of_nouns(tmp_path / "there")
    first = replace(a_function("count.steps.tell"), folder=here)
    second = replace(first, name="listen", logical_id="Listen")
    apart = replace(first, name="apart", logical_id="Apart", folder=there)
    lambdas = house(first, second, apart, shared_workers=1)

    told = [
        (name, *lambdas.call(name, {}).result())
        for name in ("tell", "listen", "apart", "tell", "listen")
    ]

    assert told == [
        ("tell", 1, 1),
        ("listen", 1, 2),
        ("apart", 1, 1),
        ("tell", 2, 3),
        ("listen", 2, 4),
    ]


DESCRIBING = (
    "from botocore.session import get_session\n"
    "def tell(event, context):\n"
    "    queues = get_session().get_service_data('sqs')\n"
    "    return [bool(queues['documentation']), 'SendMessage' in queues['operations']]\n"
)


def test_the_second_function_of_a_process_reads_of_aws_what_it_needs_and_no_manuals(
    house, tmp_path
):
    (tmp_path / "code" / "greet").mkdir(parents=True)
    (tmp_path / "code" / "greet" / "steps.py").write_text(DESCRIBING)
    first = replace(a_function("greet.steps.tell"), folder=tmp_path / "code")
    second = replace(first, name="listen", logical_id="Listen")
    lambdas = house(first, second, shared_workers=1)

    assert lambdas.call("tell", {}).result() == [True, True]
    assert lambdas.call("listen", {}).result() == [False, True]


def test_what_a_function_keeps_is_not_looked_at_again_once_it_has_answered(house):
    lambdas = house(a_function("greet.steps.collect"), listener(), shared_workers=1)

    first, second = (lambdas.call("collect", {}).result() for _ in range(2))
    lambdas.call("listen", {})
    third = lambdas.call("collect", {}).result()

    assert first == 0 < second < third


def test_a_function_prints_to_its_own_log(house, tmp_path):
    lambdas = house(a_function("greet.steps.chatter"), listener(), shared_workers=1)

    lambdas.call("listen", {})
    lambdas.call("chatter", {})

    assert "a lie" in (tmp_path / "logs" / "Chatter.log").read_text()
    assert "a lie" not in (tmp_path / "logs" / "Listen.log").read_text()


def test_a_handler_in_a_shared_process_cannot_import_the_local_stack(house):
    lambdas = house(listener(), a_function("greet.steps.trespass"), shared_workers=1)
    lambdas.call("listen", {})

    assert lambdas.call("trespass", {}).result() == []


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        ("greet.steps.die", "Runtime.ExitError"),
        ("greet.nowhere.found", "Runtime.ImportModuleError"),
        ("greet.steps.absent", "Runtime.HandlerNotFound"),
    ],
)
def test_a_function_that_ends_its_process_leaves_the_others_served(house, handler, kind):
    lambdas = house(a_function("greet.steps.tell"), a_function(handler), shared_workers=1)
    first = lambdas.call("tell", {}).result()["pid"]

    fault = lambdas.call(handler.rpartition(".")[2], {}).result()["errorType"]
    second = lambdas.call("tell", {}).result()["pid"]

    assert (fault, first != second) == (kind, True)
    assert lambdas.pids() == [second]
    assert not is_running(first)


def test_the_time_out_is_that_of_the_function_that_is_called(house):
    lambdas = house(
        a_function("greet.steps.tell", timeout=20),
        a_function("greet.steps.hang", timeout=1),
        shared_workers=1,
    )
    first = lambdas.call("tell", {}).result()

    late = lambdas.call("hang", {}).result()
    second = lambdas.call("tell", {}).result()

    assert 1_000 < first["remaining"] <= 20_000
    assert "Task timed out after 1.00 seconds" in late["errorMessage"]
    assert first["pid"] != second["pid"]


def test_no_more_run_at_once_than_there_are_processes(house, tmp_path):
    go = tmp_path / "go"
    lambdas = house(listener(), a_function("greet.steps.wait_for_file"), shared_workers=2)
    for _ in range(3):
        lambdas.send("wait_for_file", {"file": str(go)})
    while len(lambdas.pids()) < 2:
        threading.Event().wait(0.01)
    waiting = threading.Thread(target=lambdas.call, args=("listen", {}))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()

    go.touch()
    waiting.join(20)
    lambdas.settle()

    assert len(lambdas.pids()) == 2


def test_a_reserved_concurrency_is_kept_where_processes_are_shared(house, tmp_path):
    function = a_function("greet.steps.wait_for_file", reserved=1)
    lambdas = house(function, listener(), shared_workers=2)
    go = tmp_path / "go"
    lambdas.send("wait_for_file", {"file": str(go)})
    while not lambdas.pids():
        threading.Event().wait(0.01)

    with pytest.raises(TooManyRequestsError):
        lambdas.call("wait_for_file", {"file": str(go)})
    assert lambdas.call("listen", {}).fault == ""

    go.touch()
    assert lambdas.call("wait_for_file", {"file": str(go)}, wait=True).fault == ""


def test_the_process_that_knows_a_function_is_asked_again(house, tmp_path):
    go = tmp_path / "go"
    lambdas = house(
        listener(),
        a_function("greet.steps.tell"),
        a_function("greet.steps.wait_for_file"),
        shared_workers=2,
    )
    lambdas.send("wait_for_file", {"file": str(go)})
    while not lambdas.pids():
        threading.Event().wait(0.01)
    told = lambdas.call("tell", {}).result()["pid"]
    go.touch()
    lambdas.settle()

    lambdas.call("wait_for_file", {"file": str(go)})

    assert lambdas.call("tell", {}).result()["pid"] == told


def test_stopping_ends_shared_processes_too(house):
    lambdas = house(a_function("greet.steps.tell"), shared_workers=2)
    pid = lambdas.call("tell", {}).result()["pid"]

    lambdas.stop()

    assert not is_running(pid)
    assert pid != os.getpid()
    with pytest.raises(StoppedError):
        lambdas.call("tell", {})
