"""moto's interpreter reports every failure a state machine catches as an error; it need not."""

import logging

QUIET = {"moto.stepfunctions": logging.CRITICAL, "werkzeug": logging.WARNING}
"""The interpreter's caught failures; one line for every request to the local cloud."""


def repair() -> None:
    """Let only what nobody handles be heard."""
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
