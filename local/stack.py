"""The whole force in one process: `with Stack.start() as stack`.

The story: take the port, start what is slow beside us (a real database, a real Bluesky server),
start moto, make everything template.yaml names, let the functions answer, open the gateway, let
the schedules fire. Stopping goes the same way back; so does a start that fails half-way.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from local.answering import Wsgi
from local.aws import CREDENTIALS, REGION, Aws
from local.clock import Clock
from local.cloud import Cloud
from local.deploy import Deployment
from local.feeds import fetched
from local.force import DOMAIN
from local.function import Function, Json
from local.gateway import Gateway
from local.issuer import LocalIssuer
from local.lambdas import Lambdas, NoSuchFunctionError
from local.lifetimes import beside, environ, passing_folder
from local.listening import Listener
from local.mailbox import Mailbox
from local.pages import House, Pages
from local.pds import PdsServer
from local.sandbox import SandboxServer
from local.schedules import Schedules
from local.template import Template
from local.tools import ROOT
from local.tools.beside import Beside
from local.tools.dynamodb import start_dynamodb_local
from local.tools.dynoxide import start_dynoxide
from local.translate import translate
from shared.accounts.registry import Person
from shared.identity.session import LASTS
from shared.posts.names import PersonId
from shared.records.person_entries import person_of
from shared.records.sessions import Sessions
from shared.records.tables import Tables, tables

STACK_NAME = "bluelamp-local"
TEMPLATE = ROOT / "template.yaml"

Platform = Literal["sandbox", "bluesky"]
Database = Literal["moto", "dynamodb-local", "dynamodb-local-on-disk", "dynoxide"]
ON_DISK_HEAP = 192
"""MB for the Java of an engine on disk: a year of a force has to fit into a gigabyte with it."""


class FunctionFailedError(Exception):
    """A function called by hand raised; `error` is what Lambda reports of it."""

    def __init__(self, logical_id: str, error: Mapping[str, Json]) -> None:
        super().__init__(f"{logical_id}: {error.get('errorType')}: {error.get('errorMessage')}")
        self.error = error


class Stack:
    """A running force. `pds` is the Bluesky server where one was asked for."""

    def __init__(self, clock: Clock, listener: Listener, closing: ExitStack) -> None:
        self.clock = clock
        self.url = listener.url
        self.mailbox = Mailbox()
        self.issuer = LocalIssuer(self.url, clock.now, self.people)
        self.pds: PdsServer | None = None
        self._listener = listener
        self._closing = closing

    aws: Aws
    outputs: Mapping[str, Json]
    functions: Mapping[str, Function]
    lambdas: Lambdas
    sandbox: SandboxServer
    schedules: Schedules
    tables: Tables
    parameters: Mapping[str, str]

    @classmethod
    def start(
        cls,
        *,
        port: int = 0,
        platform: Platform = "sandbox",
        database: Database = "moto",
        clock: Clock | None = None,
        template: Path = TEMPLATE,
        logs: Path | None = None,
        parameters: Mapping[str, str] | None = None,
        shared_workers: int | None = None,
    ) -> Self:
        """Start everything; the functions print to `logs`, `parameters` change the template's.
        Each function has processes of its own, or `shared_workers` serve them all, for a force
        that must be thrifty; so must be a database on disk, and it is slower.
        """
        with ExitStack() as closing:
            listener = Listener(port)
            closing.callback(listener.close)
            stack = cls(clock or Clock(), listener, closing)
            stack.parameters = parameters or {}
            real = database != "moto"
            engine = beside(closing, _engine(database, closing)) if real else None
            bluesky = beside(closing, PdsServer.start) if platform == "bluesky" else None
            plain = translate(template, REGION)
            stack._open_cloud(engine)
            stack._deploy(plain, real=real)
            stack._let_functions_run(logs or passing_folder(closing), shared_workers)
            stack._open_doors()
            stack.pds = bluesky.result() if bluesky else None
            stack._closing = closing.pop_all()
        return stack

    def stop(self) -> None:
        """Stop everything; stopping twice is fine."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def environment(self, logical_id: str) -> Mapping[str, str]:
        """The variables the template gives a function."""
        return self._function(logical_id).environment

    def call(self, logical_id: str, event: Json) -> Json:
        """A function's result for one event; FunctionFailedError where it raises."""
        outcome = self.lambdas.call(self._function(logical_id).name, event, wait=True)
        if outcome.fault:
            raise FunctionFailedError(logical_id, outcome.result())
        return outcome.result()

    def watch_cloud(self, wrapping: Callable[[Wsgi], Wsgi]) -> None:
        """Let somebody see every call to AWS from now on, whoever makes it."""
        self._cloud.watch(wrapping)

    def people(self) -> Sequence[Person]:
        """Everybody in the registry, by id."""
        rows = self.tables.people.scan(consistent_read=True)
        return sorted(map(person_of, rows), key=lambda person: person.person_id)

    def open_session(self, person_id: PersonId) -> str:
        """Sign somebody in without the issuer; the token is a cookie's value or a bearer token."""
        token, now = secrets.token_urlsafe(32), self.clock.now()
        Sessions(self.tables).create(token, person_id, now, now + LASTS)
        return token

    def _function(self, logical_id: str) -> Function:
        if logical_id not in self.functions:
            raise NoSuchFunctionError(f"The template has no function {logical_id}.")
        return self.functions[logical_id]

    def _feed(self, path: str) -> tuple[bytes, str] | None:
        return fetched(self.aws, self.environment("PublishTarget")["FEEDS_BUCKET"], path)

    def _open_cloud(self, engine: "Future[Beside] | None") -> None:
        cloud = Cloud(self.clock)
        database = engine.result().url if engine else cloud.endpoint
        self.aws = Aws(cloud.endpoint, database)
        self._cloud = cloud
        self._closing.enter_context(environ(variables(self.aws) | {"MOTO_PORT": str(cloud.port)}))
        self._closing.callback(cloud.stop)

    def _given(self) -> dict[str, str]:
        """What the local force gives the template; it asks for some or all of it."""
        given = {"Stage": "local", "BaseUrl": self.url, "ForceDomain": DOMAIN}
        return {**given, **self.issuer.parameters, **self.parameters}

    def _deploy(self, plain: Template, *, real: bool) -> None:
        given = self._given()
        parameters = {name: value for name, value in given.items() if name in plain.parameters}
        made = Deployment(plain, self.aws, STACK_NAME, parameters, real_database=real).up()
        self.outputs, self.functions = made.outputs, made.kept.functions
        self._apis = made.kept.apis

    def _let_functions_run(self, logs: Path, shared_workers: int | None) -> None:
        self.lambdas = Lambdas(
            self.functions,
            variables(self.aws),
            lambda: self.clock.offset,
            logs,
            shared_workers=shared_workers,
        )
        self._closing.callback(self.lambdas.stop)
        self._cloud.call(self.lambdas)

    def _open_doors(self) -> None:
        self.tables = tables(f"{STACK_NAME}-", REGION, self.aws.dynamodb_endpoint)
        self.sandbox = SandboxServer(self.clock.now)
        self._closing.callback(self.sandbox.stop)
        [(logical_id, description)] = self._apis.items()
        posts = lambda: self.sandbox.posts  # noqa: E731 - made anew for every look
        house = House(self.clock, self.mailbox, posts, self.issuer, self._feed)
        gateway = Gateway(
            description, (logical_id, "local"), self.lambdas, self.clock.now, Pages(house)
        )
        self._closing.callback(gateway.stop)
        self._listener.serve(gateway)
        self.schedules = Schedules(self.aws.client, self.clock, self.lambdas.settle)
        self.schedules.start()
        self._closing.callback(self.schedules.stop)


def variables(aws: Aws) -> dict[str, str]:
    """The AWS variables of whoever speaks to this stack: our functions, and we ourselves."""
    return {
        **CREDENTIALS,
        "AWS_REGION": aws.region,
        "AWS_DEFAULT_REGION": aws.region,
        "AWS_ENDPOINT_URL": aws.endpoint,
        "AWS_ENDPOINT_URL_DYNAMODB": aws.dynamodb_endpoint,
    }


def _engine(database: Database, closing: ExitStack) -> Callable[[], Beside]:
    if database == "dynamodb-local":
        return start_dynamodb_local
    if database == "dynoxide":
        return partial(start_dynoxide, passing_folder(closing))
    return partial(start_dynamodb_local, folder=passing_folder(closing), heap=ON_DISK_HEAP)
