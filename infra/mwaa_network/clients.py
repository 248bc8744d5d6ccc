"""Reads from where people reach a private web server."""

import ipaddress
from collections.abc import Iterator, Sequence
from typing import Final

from mwaa_guardrails.documents.requirements import WEB_SERVER_PRIVATE_BY_ENDPOINT
from mwaa_guardrails.documents.sources import CONFIGURING_NETWORKING
from mwaa_network.arguments import NetworkArgs
from mwaa_network.family import is_ipv6
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, shown

KEY: Final = "webserverClients"
_ALLOWED: Final = "a list of CIDR blocks, such as that of a VPN or an office; IPv6 ones with ipv6 only"
_WHY: Final = f"{cited(WEB_SERVER_PRIVATE_BY_ENDPOINT)} {WEB_SERVER_PRIVATE_BY_ENDPOINT.reading}"


def read_clients(value: object) -> tuple[str, ...] | Refused:
    """Return the blocks that a value lists, each once, or everything that is wrong with the value."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        remedy = (
            did_you_mean([each.strip() for each in value.split(",")])
            if isinstance(value, str)
            else f"Leave {KEY} out if nobody reaches a private web server from outside the VPC."
        )
        return Refused((_problem(f"{shown(value)} is no list of blocks", _WHY, remedy),))
    problems = tuple(_problems(value))
    return Refused(problems) if problems else tuple(dict.fromkeys(value))


def _problems(blocks: Sequence[object]) -> Iterator[Problem]:
    for each in blocks:
        block = _block(each) if isinstance(each, str) else None
        if block is None:
            yield _problem(f"{shown(each)} is no CIDR block", _WHY, _completed(each))
        elif str(block) != each:
            why = "EC2 keeps a block under its first address."
            yield _problem(f"{shown(each)} has host bits", why, did_you_mean(str(block)))
        elif block.prefixlen == 0:
            why = (
                "A public web server needs no rule here: with PUBLIC_ONLY people reach it over the internet "
                f"({CONFIGURING_NETWORKING.title})."
            )
            yield _problem(f"{shown(each)} is everybody", why, "Name the ranges of the VPN or the office.")


def _block(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False) if "/" in text else None
    except ValueError:
        return None


def client_problems(args: NetworkArgs) -> Iterator[Problem]:
    """Yield what is wrong with blocks beside the addresses that the network has."""
    for each in args.webserver_clients or ():
        if is_ipv6(each) and not args.ipv6:
            yield _problem(
                f"{shown(each)} is IPv6, but ipv6 is false",
                "Without it the network has IPv4 addresses alone.",
                "Name the IPv4 block, or set ipv6 to true.",
            )


def _completed(value: object) -> str:
    try:
        address = ipaddress.ip_address(str(value).strip())
        return did_you_mean(f"{address}/{address.max_prefixlen}")
    except ValueError:
        return "Write it like 10.20.0.0/16."


def _problem(fault: str, why: str, remedy: str) -> Problem:
    return Problem(key=KEY, fault=fault, allowed=_ALLOWED, why=why, remedy=remedy)
