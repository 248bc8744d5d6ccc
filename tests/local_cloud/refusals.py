"""Asks a simulated AWS to refuse a call."""

import json
import urllib.request
from dataclasses import dataclass

from local_cloud.aws_server.refusals import PATH


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How many calls would have changed something since somebody asked, and the operation refused."""

    counted: int
    refused: str | None


def refuse(endpoint: str, call: int) -> None:
    """Have the call of this number refused, of those from now on that change something; 0 for none."""
    body = json.dumps({"call": call}).encode()
    with urllib.request.urlopen(f"{endpoint}{PATH}", data=body):  # noqa: S310 - our own server
        pass


def refusal(endpoint: str) -> Refusal:
    """Return what became of it."""
    with urllib.request.urlopen(f"{endpoint}{PATH}") as answer:  # noqa: S310 - likewise
        return Refusal(**json.load(answer))
