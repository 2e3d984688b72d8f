"""A module of views is read in when somebody first asks for one of its paths, and not before."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

from shared.http.application import Answer, Application
from tests.unit.http.events import an_event

NAMES = ("views_of_things", "views_of_people")


class Finder:
    """Finds modules that are written here, and counts how often each is read in."""

    def __init__(self, app):
        self.app, self.read = app, []

    def find_spec(self, name, _path=None, _target=None):
        return ModuleSpec(name, self) if name in NAMES else None

    def create_module(self, _spec):
        return None

    def exec_module(self, module: ModuleType):
        self.read.append(module.__name__)
        noun = module.__name__.rpartition("_")[2]

        @self.app.on(f"/{noun}")
        def page(call):
            return Answer(f"{noun} at {call.path}")


@pytest.fixture
def app(monkeypatch):
    app = Application("test", lambda _: None, lambda problem: problem.title)
    finder = Finder(app)
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    app.opens({"views_of_things": ("/things",), "views_of_people": ("/people",)})
    yield app, finder
    for name in NAMES:
        sys.modules.pop(name, None)


def test_nothing_is_read_in_before_anybody_asks(app):
    assert app[1].read == []


def test_the_first_request_reads_in_its_own_module_and_no_other(app):
    application, finder = app

    first, second = (application(an_event("/things"), None) for _ in range(2))

    assert (first["statusCode"], first["body"]) == (200, "things at /things")
    assert second["body"] == first["body"]
    assert finder.read == ["views_of_things"]


def test_a_path_that_nobody_binds_reads_in_nothing(app):
    application, finder = app

    assert application(an_event("/nowhere"), None)["statusCode"] >= 400
    assert finder.read == []


def test_whoever_wants_all_routes_gets_them(app):
    assert set(app[0].open_all().routes) == {"/things", "/people"}
