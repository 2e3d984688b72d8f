"""Clients of the local cloud: one session, each client made once, nothing leaves this machine."""

import threading
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config

ACCOUNT = "123456789012"
"""The account moto calls its own."""

REGION = "eu-west-2"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
"""Moto asks for some credentials, and takes any."""

BotoClient = Any
"""A boto3 client of whatever service; boto3 makes their classes while the program runs."""


@dataclass
class Aws:
    """Clients at `endpoint`; DynamoDB at `dynamodb_endpoint` where a real database is used."""

    endpoint: str
    dynamodb_endpoint: str
    region: str = REGION
    _session: boto3.session.Session = field(init=False, repr=False)
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._session = boto3.session.Session(
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            region_name=self.region,
        )

    def client(self, service: str) -> BotoClient:
        """The client of a service; sessions are not thread safe, so one is made at a time."""
        with self._making:
            if service not in self._clients:
                self._clients[service] = self._session.client(
                    service,  # type: ignore[call-overload]
                    endpoint_url=self.address(service),
                    config=Config(
                        connect_timeout=5, read_timeout=70, retries={"total_max_attempts": 1}
                    ),
                )
            return self._clients[service]

    def address(self, service: str) -> str:
        """The base URL of a service."""
        return self.dynamodb_endpoint if service == "dynamodb" else self.endpoint

    def arn(self, service: str, resource: str) -> str:
        """An ARN in this account and region."""
        return f"arn:aws:{service}:{self.region}:{ACCOUNT}:{resource}"
