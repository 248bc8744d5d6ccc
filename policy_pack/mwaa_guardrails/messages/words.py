"""Words for parts of a network, as the AWS console and the AWS guides name them.

Quoted are parsed values (numbers, addresses, ports), texts of a form that AWS documents (ids, zones, names of
environments), and logical names, with escapes for what no terminal should be sent. No other text of a program
can reach a terminal through here.
"""

import re
from collections.abc import Mapping
from keyword import iskeyword
from typing import Final, assert_never

from mwaa_guardrails.aws.decisions import Decision, Implicit
from mwaa_guardrails.aws.ids import is_id
from mwaa_guardrails.aws.model import (
    Action,
    Direction,
    Entry,
    Environment,
    Inside,
    Origin,
    Outside,
    Reference,
    Route,
    Target,
    TargetKind,
    Unresolved,
)
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.aws.zones import is_zone
from mwaa_guardrails.documents.facts import ANY_IPV4, ENVIRONMENT_NAME_MAX_CHARACTERS
from mwaa_guardrails.net import traffic
from mwaa_guardrails.net.addresses import cidr_texts
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PORTS, Packet
from mwaa_guardrails.unknown import Unknown

UNKNOWN: Final = "not known yet"
_KINDS: Final[Mapping[str, str]] = {
    "Environment": "environment",
    "Vpc": "VPC",
    "DefaultVpc": "default VPC",
    "Subnet": "subnet",
    "DefaultSubnet": "default subnet",
    "RouteTable": "route table",
    "DefaultRouteTable": "default route table",
    "Route": "route",
    "RouteTableAssociation": "route table association",
    "SubnetRouteTableAssociation": "route table association",
    "NatGateway": "NAT gateway",
    "InternetGateway": "internet gateway",
    "NetworkAcl": "network ACL",
    "DefaultNetworkAcl": "default network ACL",
    "NetworkAclRule": "network ACL entry",
    "SecurityGroupRule": "security group rule",
    "SecurityGroupIngressRule": "inbound rule",
    "SecurityGroupEgressRule": "outbound rule",
    "SecurityGroupIngress": "security group rule",
    "SecurityGroupEgress": "security group rule",
    "Resource": "Cloud Control resource",
    "ExtensionResource": "extension resource",
    "SecurityGroup": "security group",
    "VpcEndpoint": "VPC endpoint",
    "EndpointPrivateDns": "endpoint private DNS",
    "DefaultSecurityGroup": "default security group",
    "VpcEndpointPolicy": "VPC endpoint policy",
}
_IMPLIED: Final[Mapping[str, str]] = {
    "defaultNetworkAclId": "default network ACL",
    "defaultSecurityGroupId": "default security group",
    "mainRouteTableId": "main route table",
}
# The outputs of a VPC that name what it always has; aws-native has none for the main route table.
_OUTPUTS: Final[Mapping[str, str]] = {
    "defaultNetworkAclId": "default_network_acl_id",
    "defaultSecurityGroupId": "default_security_group_id",
    "mainRouteTableId": "main_route_table_id",
}
_NATIVE_OUTPUTS: Final[Mapping[str, str]] = {
    "defaultNetworkAclId": "default_network_acl",
    "defaultSecurityGroupId": "default_security_group",
}
# Where resources that can be of any type have their properties.
_GENERIC: Final[Mapping[str, str]] = {
    "aws:cloudcontrol/resource:Resource": "desired_state",
    "aws-native:index:ExtensionResource": "properties",
}
# What an environment's name is made of ("CreateEnvironment"), and the dot, for logical names.
_ENVIRONMENT_NAME: Final = re.compile(rf"[0-9A-Za-z_.-]{{1,{ENVIRONMENT_NAME_MAX_CHARACTERS}}}")
WAY: Final[Mapping[Direction, str]] = {Direction.INGRESS: "inbound", Direction.EGRESS: "outbound"}
_PROTOCOLS: Final[Mapping[int, str]] = {
    traffic.ICMP: "ICMP",
    traffic.TCP: "TCP",
    traffic.UDP: "UDP",
    traffic.ICMPV6: "ICMPv6",
}


def environment(of: Environment) -> str:
    """Return an environment by its name, or the network that tags declare for it."""
    declared = "the network declared for environment" if of.declared else "environment"
    return f"{declared} {environment_name(of.name)}"


def environment_name(name: str) -> str:
    """Return what an environment is called; a tag may declare anything, and not all of it is quoted."""
    return quoted(name) if _ENVIRONMENT_NAME.fullmatch(name) else "(its name is not shown)"


def quoted(name: str) -> str:
    """Return a logical name in quotation marks."""
    return f'"{printable(name)}"'


def printable(name: str) -> str:
    """Return a name with escapes for what no terminal should be sent."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in name)


def zone(text: str) -> str:
    """Return a zone by its name or its id."""
    return text if is_zone(text) else "a zone of a name that AWS does not give"


def label(origin: Origin) -> str:
    """Return a part by its kind and logical name."""
    if origin.implied and origin.path in _IMPLIED:
        return f"the {_IMPLIED[origin.path]} of VPC {quoted(origin.name)}"
    return f"{kind(origin.type)} {quoted(origin.name)}"


def made_by(urn: str) -> str:
    """Return a resource by its kind and logical name, for its URN."""
    type_, _, name = urn.rpartition("$")[2].rpartition("::")
    return f"{kind(type_.rpartition('::')[2])} {quoted(name)}"


def kind(type_: str) -> str:
    """Return what a type makes, in AWS's words; the type's own name where there is none."""
    name = type_.rpartition(":")[2]
    return _KINDS.get(name, name)


def is_native(origin: Origin) -> bool:
    """Tell whether a program makes a part with `aws-native` (CloudFormation's types), not with `aws`."""
    return origin.type.startswith("aws-native:")


def sdk(origin: Origin) -> str:
    """Return the Python package that makes such parts in the program."""
    return "aws_native" if is_native(origin) else "aws"


def is_cloudformation(origin: Origin) -> bool:
    """Tell whether a program states a part in the terms of CloudFormation."""
    return is_native(origin) or origin.type in _GENERIC


def argument(of: Origin, name: str) -> str:
    """Return what a program calls a property of a resource: generic ones have CloudFormation's names."""
    return name.title().replace("_", "") if of.type in _GENERIC else name


def setting(of: Origin, **values: str) -> str:
    """Return what to state of a resource, as the program writes it."""
    if of.type not in _GENERIC:
        return f"{label(of)}: {', '.join(f'{name}={value}' for name, value in values.items())}"
    stated = ", ".join(f'"{argument(of, name)}": {value}' for name, value in values.items())
    return f"{label(of)}, {_GENERIC[of.type]}: {stated}"


def is_nameless(origin: Origin) -> bool:
    """Tell whether a part has an id that no output gives the program: it is to make one of its own."""
    return origin.implied and is_native(origin) and origin.path not in _NATIVE_OUTPUTS


def own_table_of(main: Origin) -> str:
    """Return the name of a route table to be made in place of a main one that has none."""
    return f"{identifier(main.name)}_private"


def id_of(origin: Origin) -> str:
    """Return the expression that gives a part's id in a Python program.

    Either provider has it under `id`; what a VPC always has, they call differently.
    """
    if is_nameless(origin):
        return f"{own_table_of(origin)}.id"
    outputs = _NATIVE_OUTPUTS if is_native(origin) else _OUTPUTS
    output = outputs.get(origin.path, "id") if origin.implied else "id"
    return f"{identifier(origin.name)}.{output}"


def subnet(reference: Reference) -> str:
    """Return a subnet by its logical name or its id."""
    return _named("subnet", reference)


def security_group(reference: Reference) -> str:
    """Return a security group by its logical name or its id."""
    return _named("security group", reference)


def vpc(reference: Reference) -> str:
    """Return a VPC by its logical name or its id; one that a program leaves to AWS is the default one."""
    if isinstance(reference, Unresolved) and reference.outside:
        return "the default VPC of its Region, since the program names none"
    return _named("VPC", reference)


def expression(reference: Reference) -> str:
    """Return how a Python program gives the id of what a reference means."""
    match reference:
        case Inside(urn):
            return f"{identifier(urn.rpartition('::')[2])}.id"
        case Outside(id_):
            return f'"{id_}"' if is_id(id_) else "..."
        case Unresolved():
            return "..."
    assert_never(reference)


def _named(what: str, reference: Reference) -> str:
    match reference:
        case Inside(urn):
            return f"{what} {quoted(urn.rpartition('::')[2])}"
        case Outside(id_):
            return f"{what} {id_}" if is_id(id_) else f"a {what} that is not in this stack"
        case Unresolved():
            return f"a {what} that is not known yet"
    assert_never(reference)


def packet(one: Packet) -> str:
    """Return a packet's protocol and port."""
    name = _PROTOCOLS.get(one.protocol, f"protocol {one.protocol}")
    return name if one.port is None else f"{name} {one.port}"


def decider(decision: Decision, direction: Direction) -> str:
    """Return the entry of a network ACL that decides, or what AWS implies."""
    if isinstance(decision.by, Entry):
        return entry(decision.by)
    if decision.by is Implicit.LAST_ENTRY:
        side = "source" if direction is Direction.INGRESS else "destination"
        return f"the last entry: * | All traffic | All | All | {side} {ANY_IPV4} | Deny"
    raise AssertionError(decision)


def entry(line: Entry) -> str:
    """Return an entry of a network ACL in the columns of the AWS console."""
    side = "source" if line.direction is Direction.INGRESS else "destination"
    traffic_, ports_, remotes = matched(line.pattern)
    columns = [
        traffic_,
        ports_,
        f"{side} {UNKNOWN if remotes is None else ', '.join(remotes)}",
        line.action.value.capitalize() if isinstance(line.action, Action) else UNKNOWN,
    ]
    return f"{label(line.origin)}, rule {line.number}: {' | '.join(columns)}"


def matched(pattern: Pattern) -> tuple[str, str, tuple[str, ...] | None]:
    """Return what a line of a filter matches: traffic, ports, and far blocks, or None while nobody knows."""
    known = pattern.unknown is None
    if not pattern.possible:
        return UNKNOWN, UNKNOWN, None
    box = pattern.possible.boxes[0]
    return protocols(box.protocols), ports(box.ports), cidr_texts(box.remotes) if known else None


def blocks(of: IntervalSet | Unknown) -> tuple[str, ...] | None:
    """Return addresses as CIDR blocks; None while they are not known."""
    return None if isinstance(of, Unknown) else cidr_texts(of)


def route(line: Route) -> str:
    """Return a route as destination and target."""
    destination = blocks(line.destination)
    return f"{UNKNOWN if destination is None else ', '.join(destination)} -> {target(line.target)}"


def target(of: Target | Unknown) -> str:
    """Return what a route leads to, by its logical name or its id."""
    if isinstance(of, Unknown):
        return UNKNOWN
    match of:
        case Target(kind=TargetKind.LOCAL):
            return of.kind.value
        # What leads elsewhere is told by its id: tgw, pcx, vgw.
        case Target(kind=TargetKind.ELSEWHERE, reference=Outside(id_)) if is_id(id_):
            return id_
        case Target(reference=Outside(id_)) if is_id(id_):
            return f"{of.kind.value} {id_}"
        case Target(reference=Inside(urn)):
            return f"{of.kind.value} {quoted(urn.rpartition('::')[2])}"
    return of.kind.value


def protocols(numbers: IntervalSet) -> str:
    """Return a set of protocols as the AWS console names the traffic."""
    if numbers == traffic.ALL_PROTOCOLS:
        return "All traffic"
    return _PROTOCOLS.get(numbers.lowest, f"protocol {numbers.lowest}")


def ports(numbers: IntervalSet) -> str:
    """Return a set of ports as ranges."""
    if numbers == ALL_PORTS:
        return "All"
    return ", ".join(str(low) if low == high else f"{low} - {high}" for low, high in numbers.spans)


def identifier(name: str) -> str:
    """Return a logical name as a Python program might name the variable."""
    plain = re.sub(r"\W", "_", name)
    return plain if plain.isidentifier() and not iskeyword(plain) else f"_{plain}"
