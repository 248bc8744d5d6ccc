"""What to say of ways out: NAT devices, what else leads out of a VPC, and public subnets."""

from typing import TypeAlias, assert_never

from mwaa_guardrails.aws.model import Origin, Route
from mwaa_guardrails.aws.nat_gateways import DEAD, NatState
from mwaa_guardrails.documents.facts import ANY_IPV4, HTTPS_PORT
from mwaa_guardrails.faults import (
    FewPublicSubnets,
    NatLeadsNowhere,
    NoRouteToNat,
    ReachesInternet,
    WayOutElsewhere,
    WebServerUnreachable,
)
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import words
from mwaa_guardrails.messages.own_tables import moved, own_table
from mwaa_guardrails.messages.vpc_endpoints import endpoints_of
from mwaa_guardrails.net.addresses import PUBLIC_IPV4, PUBLIC_IPV6, address_text
from mwaa_guardrails.unknown import Unknown

WayOutFault: TypeAlias = (
    FewPublicSubnets
    | NatLeadsNowhere
    | NoRouteToNat
    | ReachesInternet
    | WayOutElsewhere
    | WebServerUnreachable
)


def way_out(finding: Finding, fault: WayOutFault) -> list[str]:
    """Say what is wrong with the ways out of a network."""
    match fault:
        case NoRouteToNat():
            return _no_route_to_nat(finding, fault)
        case ReachesInternet():
            return _reaches_internet(finding, fault)
        case NatLeadsNowhere():
            return _nat_leads_nowhere(finding, fault)
        case WayOutElsewhere():
            return _way_out_elsewhere(finding, fault)
        case WebServerUnreachable():
            return _web_server_unreachable(finding, fault)
        case FewPublicSubnets():
            return _few_public_subnets(finding, fault)
        case other:
            assert_never(other)


def _no_route_to_nat(finding: Finding, fault: NoRouteToNat) -> list[str]:
    """Say that a subnet leads to no NAT device, or for some addresses only."""
    lacking = "has no route to a NAT device"
    if fault.partial is not None:
        to = fault.partial.destination
        none = not isinstance(to, Unknown) and to.isdisjoint(PUBLIC_IPV4)
        lacking = f"leads {'none' if none else 'only a part'} of the internet to a NAT device"
    decided = f"Decided by {_table(fault.table, main=fault.main)}"
    if fault.partial is not None:
        decided += f"; its widest route to a NAT device is {words.route(fault.partial)}"
    witness = "has no route"
    if fault.taken is not None:
        witness = f"takes the route {words.route(fault.taken)}"
    return [
        f"{words.subnet(fault.subnet)} of {words.environment(finding.environment)} {lacking}.",
        decided,
        f"- a packet to {address_text(fault.address)} {witness}",
        *_default_route(finding, fault),
    ]


def _nat_leads_nowhere(finding: Finding, fault: NatLeadsNowhere) -> list[str]:
    """Say which NAT gateway a subnet leads to, and what is wrong with it."""
    further = " and no further" if fault.state in DEAD else ""
    fix, snippet = _mended(fault.gateway, fault.state)
    who = f"{words.subnet(fault.subnet)} of {words.environment(finding.environment)}"
    return [
        f"{who} leads to {words.label(fault.gateway)}, which {fault.state.value}.",
        f"Decided by the route {words.route(fault.route)}",
        f"- a packet to {example_of(fault.route)} goes there{further}",
        f"Fix: {fix}:",
        f"    {snippet}",
        *_led_there(fault),
    ]


def _led_there(fault: NatLeadsNowhere) -> list[str]:
    """Return how a route of its own comes to lead to a NAT gateway that the fix makes."""
    if fault.state is not NatState.ELSEWHERE or fault.route.origin.path:
        return []
    return [f"    {words.setting(fault.route.origin, nat_gateway_id='nat.id')}"]


def _reaches_internet(finding: Finding, fault: ReachesInternet) -> list[str]:
    """Say which route leads a private subnet to a NAT device."""
    who = f"{words.subnet(fault.subnet)} of {words.environment(finding.environment)}"
    return [
        f"{who} is declared private and leads to a NAT device.",
        f"Decided by the route {words.route(fault.route)} of {_table(fault.table, main=fault.main)}",
        f"- a packet to {example_of(fault.route)} goes there",
        *_leave_out(finding, fault),
    ]


def _leave_out(finding: Finding, fault: ReachesInternet) -> list[str]:
    """Return how a private subnet loses its way out: by another table, or without the route."""
    declared = "tag the subnet mwaa:routing=public where public routing is meant"
    if fault.move.table is not None:
        return [
            f"Fix: tie the subnet to a route table without a way out, or {declared}:",
            *moved(finding, fault.move),
        ]
    if fault.route.origin.path:
        return [f"Fix: leave that route out of `routes` of {words.label(fault.table)}, or {declared}."]
    return [f"Fix: leave {words.label(fault.route.origin)} out, or {declared}."]


def _mended(gateway: Origin, state: NatState) -> tuple[str, str]:
    """Return how to mend a NAT gateway that leads nowhere, and the line to write."""
    native = words.is_native(gateway)
    make = f"{words.sdk(gateway)}.ec2"
    name = words.identifier(gateway.name)
    placed = f"subnet_id=public.id, allocation_id=address.{'allocation_id' if native else 'id'}"
    attachment = "VpcGatewayAttachment" if native else "InternetGatewayAttachment"
    attached = f'{make}.{attachment}("attachment", vpc_id=vpc.id, internet_gateway_id=internet_gateway.id)'
    match state:
        case NatState.PRIVATE:
            fix = "make it a public NAT gateway, in a public subnet and with an Elastic IP address"
            return fix, f'{make}.NatGateway("{name}", connectivity_type="public", {placed})'
        case NatState.ELSEWHERE:
            fix = "make a NAT gateway in a public subnet of the subnet's own VPC, and lead the route to it"
            return fix, f'{make}.NatGateway("nat", {placed})'
        case NatState.GATEWAY_ELSEWHERE:
            return "attach an internet gateway to its VPC, and lead the route of its subnet to that", attached
        case NatState.NO_INTERNET_GATEWAY:
            return "attach an internet gateway to the VPC", attached
        case NatState.UNATTACHED:
            return "attach the internet gateway to the VPC, unless another stack does", attached
        case _:
            fix = f"place it in a public subnet, whose route table leads {ANY_IPV4} to an internet gateway"
            return fix, f'{make}.NatGateway("{name}", {placed})'


def _way_out_elsewhere(finding: Finding, fault: WayOutElsewhere) -> list[str]:
    """Say which route leads out of the VPC, and which services AWS would have behind endpoints."""
    who = f"{words.subnet(fault.subnet)} of {words.environment(finding.environment)}"
    services = ", ".join(fault.missing)
    return [
        f"{who} leaves the VPC by no NAT device, and the VPC has no endpoint for {services}.",
        f"Decided by the route {words.route(fault.route)} of {words.label(fault.table)}, which it follows",
        f"- a packet to {example_of(fault.route)} goes there",
        "Fix: make an endpoint for each of these services:",
        *endpoints_of(fault.missing, fault.table, fault.around, fault.region),
    ]


def _few_public_subnets(finding: Finding, fault: FewPublicSubnets) -> list[str]:
    """Say which public subnets there are, and that another zone wants one."""
    labels = ", ".join(words.label(each) for each in fault.subnets)
    number = (
        "one public subnet" if len(fault.subnets) == 1 else "public subnets in one Availability Zone only"
    )
    make = f"{words.sdk(fault.subnets[0])}.ec2"
    return [
        f"{words.label(finding.subject)} of {words.environment(finding.environment)} has {number}.",
        f"Decided by the routes to an internet gateway, which these follow: {labels}",
        "Fix: add a public subnet in another Availability Zone, with a NAT gateway of its own:",
        f'    {make}.Subnet("public-b", vpc_id=vpc.id, cidr_block=..., availability_zone=...)',
    ]


def example_of(route: Route) -> str:
    """Return an address that a route is for, a public one if there is one."""
    if isinstance(route.destination, Unknown):
        return "that destination"
    public = route.destination & PUBLIC_IPV4 or route.destination & PUBLIC_IPV6
    return address_text((public or route.destination).lowest)


def _web_server_unreachable(finding: Finding, fault: WebServerUnreachable) -> list[str]:
    """Say that workers call a web server that is in the internet, which they have no way to."""
    make = f"{words.sdk(finding.subject)}.mwaa"
    name = words.identifier(finding.subject.name)
    return [
        f"the workers of {words.environment(finding.environment)} cannot reach its web server.",
        f"Decided by Airflow {fault.version}, the access mode PUBLIC_ONLY, and subnets without a way out",
        f"- a request to TCP {HTTPS_PORT} of the web server's public address has no route",
        "Fix: make the web server private: it then has an endpoint in the VPC; or lead the subnets to NAT:",
        f'    {make}.Environment("{name}", webserver_access_mode="PRIVATE_ONLY", ...)',
    ]


def _table(table: Origin, *, main: bool) -> str:
    """Return the route table that a subnet follows, and how it came to follow it."""
    if main and not table.implied:
        return f"{words.label(table)}, its VPC's main one, which it follows for want of an association"
    return f"{words.label(table)}, which it follows" + (" for want of an association" if main else "")


def _default_route(finding: Finding, fault: NoRouteToNat) -> list[str]:
    """Return how to lead a subnet's packets to a NAT gateway: inline where all routes of its table are."""
    fix = f"Fix: lead {ANY_IPV4} to a NAT gateway in a public subnet"
    table = fault.table
    if fault.inline:
        return [
            f"{fix}, by a route added to `routes` of {words.label(table)}:",
            f'    {{"cidr_block": "{ANY_IPV4}", "nat_gateway_id": nat_gateway.id}}',
        ]
    lines, name, id_ = [f"{fix}:"], words.identifier(table.name), words.id_of(table)
    if words.is_nameless(table):
        name = f"{words.identifier(finding.subject.name)}_nat"
        lines, id_ = (
            [f"{fix}, in a table of its own:", *own_table(table, (finding.subject,), name)],
            f"{name}.id",
        )
    return [
        *lines,
        (
            f'    {words.sdk(table)}.ec2.Route("{name}-nat", route_table_id={id_}, '
            f'destination_cidr_block="{ANY_IPV4}", nat_gateway_id=nat_gateway.id)'
        ),
    ]
