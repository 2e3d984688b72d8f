"""python -m tests.workflows.moto_scenarios stock|repaired: what came of each scenario, as JSON."""

import json
import sys
import time
import traceback

from tests.workflows.moto_scenarios import (
    approvals,
    archive,
    executions,
    finding,
    keeping,
    letters,
    reading,
    signing,
    storage,
    waits,
)
from tests.workflows.moto_scenarios.cloud import Cloud

ROOMS = (
    approvals,
    archive,
    executions,
    finding,
    keeping,
    letters,
    reading,
    signing,
    storage,
    waits,
)


def main(kind: str, wanted: list[str]) -> None:
    found = {}
    with Cloud(repaired=kind == "repaired") as cloud:
        for scenario in [one for room in ROOMS for one in room.SCENARIOS]:
            if wanted and scenario.__name__ not in wanted:
                continue
            begun = time.monotonic()
            try:
                found[scenario.__name__] = scenario(cloud)
            except Exception as error:  # noqa: BLE001 - one broken scenario hides no other
                traceback.print_exc()
                found[scenario.__name__] = f"broke: {type(error).__name__}"
            took = time.monotonic() - begun
            print(f"{took:6.2f}s {scenario.__name__}: {found[scenario.__name__]}", file=sys.stderr)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
