"""One connection to DynamoDB: explicit time-outs, bounded retries, and nothing said to any log."""

import logging
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session
from pynamodb.connection import Connection

from shared.records.answers import Answers
from shared.records.errors import BusyError, DatabaseRefusedError, UnavailableError

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
RETRIES = 3
"""Repeats after the first attempt, with botocore's jittered back-off. A repeated transaction
carries the same client request token, so it is never applied twice."""

USER_AGENT = "Bluelamp/1"
"""Said instead of botocore's own description of itself, which it puts together twice for each call:
a fifth of what a call costs us."""

BUSY = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)
SILENT = frozenset({"InternalFailure", "InternalServerError", "ServiceUnavailable"})
ANSWERS = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})
"""What PynamoDB turns into errors of its own, which the repositories understand."""


class Calls(Connection):
    """A connection that answers with this room's errors where the fault is not a condition."""

    def __init__(self, region: str | None, endpoint: str | None) -> None:
        super().__init__(
            region=region,
            host=endpoint,
            connect_timeout_seconds=CONNECT_SECONDS,
            read_timeout_seconds=READ_SECONDS,
            max_retry_attempts=RETRIES,
        )
        # botocore writes whole requests to its debug log: task tokens and words not yet cleared.
        logging.getLogger("botocore").setLevel(logging.INFO)

    @property
    def session(self) -> Session:
        """Where PynamoDB makes its client."""
        session: Session = super().session
        if session.get_default_client_config() is None:
            # AWS_SDK_UA_APP_ID, by which a trail of calls tells whose they are.
            application = session.get_config_variable("user_agent_appid")
            words = f"{USER_AGENT} app/{application}" if application else USER_AGENT
            session.set_default_client_config(Config(user_agent=words))
            session.register_component("response_parser_factory", Answers())
        return session

    def dispatch(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        """One API call; PynamoDB's own would log its arguments and ask for capacity figures."""
        try:
            return self._make_api_call(operation_name, operation_kwargs)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ANSWERS or operation_name == "DescribeTable":
                raise
            if code in BUSY:
                raise BusyError(operation_name) from error
            if code in SILENT or code.startswith("5"):  # a status, where no JSON came
                raise UnavailableError(operation_name) from error
            raise DatabaseRefusedError(operation_name, code) from error
        except BotoCoreError as error:
            raise UnavailableError(operation_name) from error
