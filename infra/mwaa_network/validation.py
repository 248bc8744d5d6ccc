"""Decides whether written values make a network; the configuration and programs are judged alike."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import ENVIRONMENT_NAME_MAX_CHARACTERS, ENVIRONMENT_NAME_PATTERN
from mwaa_network.allocations import read_allocation_ids
from mwaa_network.arguments import Egress, Ingress, Nat, NetworkAclEntries, NetworkArgs
from mwaa_network.buckets import idle_buckets_problem, policy_size_problem, read_buckets
from mwaa_network.choices import read_choice
from mwaa_network.cidr_blocks import read_cidr_block
from mwaa_network.clients import read_clients
from mwaa_network.combinations import combination_problems
from mwaa_network.customer_services import KEY as CUSTOMER_SERVICES
from mwaa_network.customer_services import customer_service_problems, read_customer_services
from mwaa_network.extra_endpoints import extra_endpoint_problems, read_extra_endpoints
from mwaa_network.flow_logs import KEY as FLOW_LOGS
from mwaa_network.flow_logs import read_flow_log_bucket
from mwaa_network.given_ids import (
    ENDPOINTS,
    REPLACED,
    SUBNETS,
    VPC,
    read_existing_endpoints,
    read_replaced_subnets,
    read_subnet_ids,
    read_vpc_id,
)
from mwaa_network.problems import Problem, Refused, did_you_mean, shown
from mwaa_network.subnet_cidrs import PRIVATE, PUBLIC, read_subnet_cidrs
from mwaa_network.switches import read_switch
from mwaa_network.tags import read_tags
from mwaa_network.zones import RegionZones, read_zones, region_problem, zone_problems

LEFT_OUT: Final[tuple[object, ...]] = (None, "", [], (), {})
"""What a key without a value has: the engine wants a default for each key that `Pulumi.yaml` declares."""

_DEFAULTS: Final = NetworkArgs()
# Where one of these is wrong, nothing is said of choices that hang on it.
_SHARED_KEYS: Final = frozenset({"routing", "cidrBlock", "nat", VPC, SUBNETS})
_Value = TypeVar("_Value")
_Default = TypeVar("_Default")


def read_arguments(values: Mapping[str, object]) -> tuple[NetworkArgs, tuple[Problem, ...]]:
    """Return what the values of the configuration's keys mean, and everything that is wrong with them.

    A key that is absent or empty, or whose value is wrong, has its default in what is returned.
    """
    values = {key: value for key, value in values.items() if value not in LEFT_OUT}
    problems: list[Problem] = []

    def read(key: str, reader: Callable[[object], _Value | Refused], default: _Default) -> _Value | _Default:
        outcome = reader(values[key]) if key in values else default
        if isinstance(outcome, Refused):
            problems.extend(outcome.problems)
            return default
        return outcome

    listed = {PRIVATE} if values.get("routing") == Routing.PRIVATE else {PRIVATE, PUBLIC}
    planned = not listed <= values.keys()
    args = NetworkArgs(
        routing=read("routing", partial(read_choice, "routing", choices=Routing), _DEFAULTS.routing),
        cidr_block=read("cidrBlock", partial(read_cidr_block, planned=planned), _DEFAULTS.cidr_block),
        vpc_id=read(VPC, read_vpc_id, None),
        private_subnet_ids=read(SUBNETS, read_subnet_ids, None),
        existing_endpoints=read(ENDPOINTS, read_existing_endpoints, None),
        private_subnet_cidrs=read(PRIVATE, partial(read_subnet_cidrs, PRIVATE), None),
        public_subnet_cidrs=read(PUBLIC, partial(read_subnet_cidrs, PUBLIC), None),
        zones=read("zones", read_zones, _DEFAULTS.zones),
        nat=read("nat", partial(read_choice, "nat", choices=Nat), _DEFAULTS.nat),
        nat_allocation_ids=read("natAllocationIds", read_allocation_ids, None),
        extra_endpoints=read("extraEndpoints", read_extra_endpoints, None),
        customer_endpoint_services=read(CUSTOMER_SERVICES, read_customer_services, None),
        s3_endpoint_buckets=read("s3EndpointBuckets", read_buckets, _DEFAULTS.s3_endpoint_buckets),
        ingress=read("ingress", partial(read_choice, "ingress", choices=Ingress), _DEFAULTS.ingress),
        egress=read("egress", partial(read_choice, "egress", choices=Egress), _DEFAULTS.egress),
        network_acl=read(
            "networkAcl", partial(read_choice, "networkAcl", choices=NetworkAclEntries), _DEFAULTS.network_acl
        ),
        webserver_clients=read("webserverClients", read_clients, None),
        ipv6=read("ipv6", partial(read_switch, "ipv6"), _DEFAULTS.ipv6),
        flow_log_bucket_arn=read(FLOW_LOGS, read_flow_log_bucket, None),
        replace_private_subnets=read(REPLACED, read_replaced_subnets, None),
        protect=read("protect", partial(read_switch, "protect"), _DEFAULTS.protect),
        tags=read("tags", read_tags, _DEFAULTS.tags),
    )
    if not {each.key for each in problems} & _SHARED_KEYS:
        problems += combination_problems(args)
    return args, tuple(problems)


def region_problems(args: NetworkArgs, at_hand: RegionZones, others: Sequence[Problem]) -> Iterator[Problem]:
    """Yield what is wrong with the choices in this Region, of which the values alone tell nothing.

    The other problems are those of the values: where they spoil the routing, it is held against no zone.
    """
    routing = None if any(each.key == "routing" for each in others) else args.routing
    if args.zones is not None:
        yield from zone_problems(args.zones, at_hand, routing)
    elif args.vpc_id is None and (too_few := region_problem(at_hand)):
        yield too_few
    yield from extra_endpoint_problems(args, at_hand.region)
    yield from customer_service_problems(args, at_hand.region)
    if too_large := policy_size_problem(at_hand.region, args.s3_endpoint_buckets):
        yield too_large
    if idle := idle_buckets_problem(args, at_hand.region):
        yield idle


def name_problems(name: str) -> Iterator[Problem]:
    """Yield what is wrong with the name of a network, which goes into the tag that declares it."""
    if not _is_environment_name(name):
        plain = re.sub(r"[^0-9a-zA-Z_-]+", "-", name).strip("-")[:ENVIRONMENT_NAME_MAX_CHARACTERS]
        yield Problem(
            key="name",
            fault=f"{shown(name)} cannot be the name of an environment",
            allowed=(
                f"up to {ENVIRONMENT_NAME_MAX_CHARACTERS} letters, digits, hyphens and underscores, "
                "a letter first"
            ),
            why="MWAA takes no other names (CreateEnvironment), and a network has its environment's.",
            remedy=did_you_mean(plain if _is_environment_name(plain) else "mwaa"),
        )


def _is_environment_name(text: str) -> bool:
    return (
        len(text) <= ENVIRONMENT_NAME_MAX_CHARACTERS
        and re.fullmatch(ENVIRONMENT_NAME_PATTERN, text) is not None
    )
