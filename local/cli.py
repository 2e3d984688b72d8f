"""The `bluelamp` command. Exit codes: 0 held, 1 found something wrong, 2 wrong use."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

HIGHEST_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; each imports only what it needs."""
    parser = argparse.ArgumentParser(prog="bluelamp", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands)
    _add_run(commands)
    _add_demo(commands)
    _add_accounts(commands)
    _add_people(commands)
    _add_audit(commands)
    _add_archive(commands)
    _add_openapi(commands)
    _add_bench(commands)
    given = parser.parse_args(arguments)
    return int(given.run(given))


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from local import check

    command = commands.add_parser("check", help="check posts in a file against force policy")
    check.add_arguments(command)
    command.set_defaults(run=check.run)


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("run", help="serve the whole force on this machine")
    command.add_argument("--port", type=_port, default=8080, help="port on 127.0.0.1 (8080)")
    command.add_argument("--platform", choices=("sandbox", "bluesky"), default="sandbox")
    command.add_argument("--database", choices=("moto", "dynamodb-local"), default="moto")
    command.add_argument("--second-reader", choices=("off", "own"), default="off")
    command.set_defaults(run=_run)


def _port(typed: str) -> int:
    if typed.isdecimal() and int(typed) <= HIGHEST_PORT:
        return int(typed)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to {HIGHEST_PORT}, not {typed!r}")


def _run(given: argparse.Namespace) -> int:
    from local.seed import seed
    from local.server import serve

    return serve(
        port=given.port,
        platform=given.platform,
        database=given.database,
        seed=seed,
        parameters={"SecondReader": given.second_reader},
    )


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("demo", help="drive the main job without a person")
    command.add_argument("--posts", type=_several, default=48, help="how many posts to submit (48)")
    command.set_defaults(run=_demo)


def _several(typed: str) -> int:
    if typed.isdecimal() and int(typed) > 0:
        return int(typed)
    raise argparse.ArgumentTypeError(f"a number of posts is 1 or more, not {typed!r}")


def _demo(given: argparse.Namespace) -> int:
    from local.demo import demo

    return demo(posts=given.posts)


def _add_accounts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from local import accounts

    accounts.add_arguments(commands.add_parser("accounts", help="import or export the accounts"))


def _add_people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from local import people

    command = commands.add_parser("people", help="keep the registry's people")
    people.add_arguments(command)


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from local.audit import arguments

    arguments.add_arguments(commands.add_parser("audit", help="ask sealed months in a folder"))


def _add_archive(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from local.archive import arguments

    arguments.add_arguments(commands.add_parser("archive", help="keep the archive of months"))


def _add_openapi(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("openapi", help="write the description of the HTTP API")
    command.add_argument("file", type=Path)
    command.set_defaults(run=_openapi)


def _openapi(given: argparse.Namespace) -> int:
    from shared.http.description import description

    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(description(), encoding="utf-8")
    print(f"Wrote {given.file}.", file=sys.stderr)
    return 0


def _add_bench(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("bench", help="measure against the performance budget")
    command.add_argument("--output", type=Path, default=Path("build/bench.json"))
    command.set_defaults(run=_bench)


def _bench(given: argparse.Namespace) -> int:
    from local.bench import bench

    return int(bench(given.output))


if __name__ == "__main__":
    sys.exit(main())
