"""What to say of VPC endpoints, and of the DNS they need."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from mwaa_guardrails.aws.ids import is_id
from mwaa_guardrails.aws.model import EnvironmentPart, Origin
from mwaa_guardrails.aws.vpc_endpoints import Zones
from mwaa_guardrails.documents.facts import (
    HTTPS_PORT,
    REQUIRED_ENDPOINT_SERVICES,
    S3,
    EndpointKind,
    EndpointService,
    endpoint_service_name,
)
from mwaa_guardrails.faults import (
    DnsAttribute,
    DnsOff,
    EndpointFault,
    Goal,
    MissingCustomerEndpoints,
    MissingEndpoints,
    NoPrivateDns,
    NotAttached,
    Part,
    PrivateDnsTwice,
    RefusesEnvironment,
    Surroundings,
    WrongEndpointType,
)
from mwaa_guardrails.findings import Degree, Finding
from mwaa_guardrails.messages import words
from mwaa_guardrails.messages.own_tables import nameless, own_table

_REGION: Final = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]")
_REQUIRED: Final = frozenset(each.suffix for each in REQUIRED_ENDPOINT_SERVICES)
_ARGUMENTS: Final = {
    DnsAttribute.SUPPORT: "enable_dns_support",
    DnsAttribute.HOSTNAMES: "enable_dns_hostnames",
}
_OUTPUTS: Final = {
    EnvironmentPart.DATABASE: "database_vpc_endpoint_service",
    EnvironmentPart.WEB_SERVER: "webserver_vpc_endpoint_service",
}


def endpoint_lines(finding: Finding, fault: EndpointFault) -> list[str]:
    """Say what is wrong with an endpoint, with there being none, or with the DNS that it needs."""
    match fault:
        case MissingEndpoints():
            return _missing_endpoints(finding, fault)
        case NoPrivateDns():
            return _no_private_dns(finding, fault)
        case NotAttached():
            return _not_attached(finding, fault)
        case WrongEndpointType():
            return _wrong_endpoint_type(finding, fault)
        case RefusesEnvironment():
            return _refuses_environment(finding, fault)
        case MissingCustomerEndpoints():
            return _missing_customer_endpoints(finding, fault)
        case DnsOff():
            return _dns_off(finding, fault)
        case PrivateDnsTwice():
            return _private_dns_twice(finding, fault)
        case other:
            assert_never(other)


def _missing_endpoints(finding: Finding, fault: MissingEndpoints) -> list[str]:
    """Say for which services there is no endpoint, and how to make each."""
    services, vpc = _list(fault.services), fault.around.vpc
    place = "The VPC" if vpc is None else _label(vpc)
    looked = f"Looked at: every VPC endpoint of this stack in {place}"
    if fault.may_be_there:
        looked += f"; {fault.may_be_there} of them, not known yet, may be for one of these services"
    verdict = (
        f"{place} has no VPC endpoint for {services}, which {words.environment(finding.environment)} needs."
    )
    if finding.degree is Degree.ADVICE:
        verdict = (
            f"this stack makes VPC endpoints in {place} for {words.environment(finding.environment)}, "
            f"and none for {services}; another stack may."
        )
    subnets = finding.environment.subnets
    from_ = f" from {words.subnet(subnets[0])}" if isinstance(subnets, tuple) and subnets else ""
    return [
        verdict,
        looked,
        f"- TCP {HTTPS_PORT}{from_} to {services}: no VPC endpoint takes it",
        "Fix: make what is missing:",
        *endpoints_of(fault.services, finding.subject, fault.around, fault.region),
    ]


def endpoints_of(
    services: Sequence[str], beside: Origin, around: Surroundings, region: str | None
) -> list[str]:
    """Return the lines that make endpoints of services as the guide has them."""
    main = nameless(around.route_tables) if S3.suffix in services else None
    tables = [] if main is None else own_table(main, around.on_main_table)
    return [*tables, *(f"    {_endpoint(each, beside, around, region)}" for each in services)]


def _endpoint(suffix: str, beside: Origin, around: Surroundings, region: str | None) -> str:
    service = next(each for each in REQUIRED_ENDPOINT_SERVICES if each.suffix == suffix)
    attached = f"private_dns_enabled=True, {_attached(around)}"
    if service.kind is EndpointKind.GATEWAY:
        attached = f"route_table_ids=[{_ids(around.route_tables, 'private_table.id')}]"
    return (
        f'{words.sdk(beside)}.ec2.VpcEndpoint("{suffix}", {_vpc(around)}'
        f"service_name={_full_name(service, region)}, "
        f'vpc_endpoint_type="{service.kind.value}", {attached})'
    )


def _vpc(around: Surroundings) -> str:
    return "" if around.vpc is None else f"vpc_id={_id(around.vpc)}, "


def _attached(around: Surroundings) -> str:
    subnets = _ids(around.subnets, "private_a.id, private_b.id")
    return f"subnet_ids=[{subnets}], security_group_ids=[{_ids(around.security_groups, 'group.id')}]"


def _full_name(service: EndpointService, region: str | None) -> str:
    if region is None or not _REGION.fullmatch(region):
        return f'f"com.amazonaws.{{region}}.{service.suffix}"'
    return f'"{endpoint_service_name(region, service)}"'


def _no_private_dns(finding: Finding, fault: NoPrivateDns) -> list[str]:
    """Say that a service's public name does not lead to its endpoint."""
    own_zone = ", unless a hosted zone of your own leads there" if finding.degree is Degree.ADVICE else ""
    lacking = "private DNS"
    decided, fix = _decider(finding, fault.by, "private_dns_enabled"), _private_dns(fault.by, on=True)
    if fault.outside_alone:
        lacking = "private DNS inside the VPC"
        decided = f"{words.argument(finding.subject, 'dns_options')}, which have it for those outside alone"
        fix = _dns_for_all(finding.subject)
    return [
        (
            f"{words.label(finding.subject)} ({_goal(fault.service)}) has no {lacking}, "
            f"so {words.environment(finding.environment)} does not find it{own_zone}."
        ),
        f"Decided by {decided}",
        f"- the public name of {fault.service} leads to public addresses, and no way leads there",
        f"Fix: {fix}",
    ]


def _decider(finding: Finding, by: Origin, name: str) -> str:
    """Return the property that is off and decides, and whose it is where that is not the subject."""
    of = "" if by.urn == finding.subject.urn else f" of {words.label(by)}"
    return f"{words.argument(by, name)}{of}, which is false, or left out, which means false"


def _private_dns(of: Origin, *, on: bool) -> str:
    return words.setting(of, private_dns_enabled=str(on))


def _dns_for_all(of: Origin) -> str:
    option = words.argument(of, "private_dns_only_for_inbound_resolver_endpoint")
    everybody = '"AllResolvers"' if words.is_cloudformation(of) else "False"
    return words.setting(of, dns_options=f'{{"{option}": {everybody}}}')


def _not_attached(finding: Finding, fault: NotAttached) -> list[str]:
    """Say which subnets an endpoint is not in, where it stands instead, and where it should."""
    lacking = _labels(fault.lacking) or "each subnet"
    where = "in the route table of" if fault.gateway else "in"
    verdict = (
        f"{words.label(finding.subject)} ({_goal(fault.goal)}) is not {where} {lacking} "
        f"of {words.environment(finding.environment)}"
    )
    if fault.zones is Zones.COVERED:
        verdict += ", though in other subnets of the same Availability Zones"
    elif fault.zones is Zones.UNSEEN:
        verdict += ", though in subnets outside this stack"
    listed = "route tables" if fault.gateway else "subnets"
    return [
        f"{verdict}.",
        f"Decided by its {listed}: {_labels(fault.standing) or 'none'}",
        *(
            f"- a request from {_label(subnet)} {_reaches(fault, subnet)}"
            for subnet in fault.lacking or fault.around.subnets[:1]
        ),
        *_attach(finding, fault),
    ]


def _reaches(fault: NotAttached, subnet: Part) -> str:
    if fault.gateway:
        return "finds no route to it"
    if not fault.standing:
        return "finds no interface of it"
    if subnet not in fault.crossing:
        return "reaches it through another subnet of its Availability Zone"
    return "crosses into another Availability Zone, and is lost with that zone"


def _attach(finding: Finding, fault: NotAttached) -> list[str]:
    name = words.identifier(finding.subject.name)
    argument = "route_table_ids" if fault.gateway else "subnet_ids"
    example = "private_table.id" if fault.gateway else "private_a.id, private_b.id"
    setting = words.setting(finding.subject, **{argument: _list_of(fault.wanted, example, more=fault.more)})
    main = nameless(fault.wanted) if fault.gateway else None
    if main is not None:
        return [
            "Fix: tie the subnets to a route table that the program can name, which a main one is not:",
            *own_table(main, fault.around.on_main_table),
            f"    {setting}",
        ]
    if not fault.separate:
        return [f"Fix: {setting}"]
    kind, key = (
        ("VpcEndpointRouteTableAssociation", "route_table_id")
        if fault.gateway
        else ("VpcEndpointSubnetAssociation", "subnet_id")
    )
    return [
        "Fix: attach it by a resource of its own, as the program does elsewhere:",
        *(
            f'    aws.ec2.{kind}("{name}-{_name(each)}", vpc_endpoint_id={name}.id, {key}={_id(each)})'
            for each in fault.wanted
            if each not in fault.standing
        ),
    ]


def _wrong_endpoint_type(finding: Finding, fault: WrongEndpointType) -> list[str]:
    """Say that an endpoint is of a type that its service does not have."""
    decided = words.argument(finding.subject, "vpc_endpoint_type")
    interface = f'"{EndpointKind.INTERFACE.value}"'
    return [
        (
            f"{words.label(finding.subject)} ({_goal(fault.goal)}) has not the type Interface, "
            f"so it stands in no subnet of {words.environment(finding.environment)}."
        ),
        f"Decided by {decided}; left out, it means Gateway, and AWS offers this by interface alone",
        f"- a request from {_labels(fault.around.subnets[:1]) or 'any subnet'} finds no interface of it",
        f"Fix: {words.setting(finding.subject, vpc_endpoint_type=interface)}",
    ]


def _refuses_environment(finding: Finding, fault: RefusesEnvironment) -> list[str]:
    """Say that an endpoint's groups do not let the environment in, or by another group than its own."""
    subject, sufferer = words.label(finding.subject), words.environment(finding.environment)
    groups = _labels(fault.groups) or "its security groups"
    both = tuple(dict.fromkeys((*fault.groups, *fault.own_groups)))
    wanted = _list_of(both, "group.id", more=fault.more)
    fix = f"Fix: {words.setting(finding.subject, security_group_ids=wanted)}"
    if fault.witness is None:
        return [
            f"{subject} ({_goal(fault.goal)}) lets {sufferer} in by {groups}, none of its own.",
            f"Decided by the inbound rules of {groups}, which allow TCP {fault.port} from the environment",
            f"- the guide has the endpoint carry {_labels(fault.own_groups) or 'a group of the environment'}",
            fix,
        ]
    source = fault.witness.remote
    own = _labels(fault.own_groups)
    return [
        f"{subject} ({_goal(fault.goal)}) does not let {sufferer} in.",
        f"Denied, since no inbound rule of {groups} allows it:",
        f"- {words.packet(fault.witness)} from {source}, an address of its subnets, with {own}",
        fix,
    ]


def _dns_off(finding: Finding, fault: DnsOff) -> list[str]:
    """Say which DNS attributes a VPC has off, and what that means."""
    names, sufferer = " and ".join(fault.attributes), words.environment(finding.environment)
    fix = words.setting(finding.subject, **{_ARGUMENTS[each]: "True" for each in fault.attributes})
    lines = [f"{words.label(finding.subject)} of {sufferer} has {names} off."]
    if DnsAttribute.SUPPORT in fault.attributes:
        lines.append(f"Decided by {words.argument(finding.subject, 'enable_dns_support')}, which is false")
    if DnsAttribute.HOSTNAMES in fault.attributes:
        lines.append(f"Decided by {_decider(finding, finding.subject, 'enable_dns_hostnames')}")
    if fault.private:
        lines.append("- the public names of the services do not lead to their VPC endpoints")
    elif DnsAttribute.SUPPORT in fault.attributes:
        lines.append("- Amazon's DNS server answers no question in this VPC")
    else:
        lines.append("- with a way out names resolve all the same; AWS's templates have both on")
    return [*lines, f"Fix: {fix}"]


def _private_dns_twice(finding: Finding, fault: PrivateDnsTwice) -> list[str]:
    """Say which two endpoints claim one name."""
    service = fault.service if fault.service in _REQUIRED else "one service"
    return [
        (
            f"{words.label(finding.subject)} and {words.label(fault.rival)} both have private DNS for "
            f"{service} in the VPC of {words.environment(finding.environment)}; EC2 refuses the second."
        ),
        f"Decided by {words.argument(fault.by, 'private_dns_enabled')}, which is true on both",
        f"Fix: make one of them serve both, or {_private_dns(fault.by, on=False)}",
    ]


def _missing_customer_endpoints(finding: Finding, fault: MissingCustomerEndpoints) -> list[str]:
    """Say which of its own endpoints an environment waits for."""
    sufferer, parts = words.environment(finding.environment), _list(each.value for each in fault.parts)
    made = f"makes no VPC endpoint for its {parts}"
    fix = "Fix: make them here, or in another stack while the environment is pending:"
    if fault.one_is_there:
        made = f"makes one VPC endpoint for its {parts}; each needs its own"
        fix = "Fix: make the other one here, or in another stack while the environment is pending:"
    return [
        f"{sufferer} has endpoint management CUSTOMER, and this stack {made}.",
        "Looked at: every VPC endpoint of this stack in the environment's VPC; another stack may make them",
        "- the environment stays PENDING until they are available, and fails after 72 hours",
        fix,
        *(f"    {_customer_endpoint(finding, part, fault.around)}" for part in fault.parts),
    ]


def _customer_endpoint(finding: Finding, part: EnvironmentPart, around: Surroundings) -> str:
    """Return the expression that makes the endpoint that a part of an environment waits for."""
    name = words.identifier(finding.subject.name)
    return (
        f'{words.sdk(finding.subject)}.ec2.VpcEndpoint("{name}-{part.value.split()[0]}", {_vpc(around)}'
        f"service_name={name}.{_OUTPUTS[part]}, "
        f'vpc_endpoint_type="{EndpointKind.INTERFACE.value}", {_attached(around)})'
    )


def _goal(goal: Goal) -> str:
    if isinstance(goal, EnvironmentPart):
        return f"for the environment's {goal.value}"
    return f"for {goal}" if goal else "for the environment's metadata database or web server"


def _label(part: Part) -> str:
    if isinstance(part, Origin):
        return words.label(part)
    return part.id if is_id(part.id) else "what lies outside this stack"


def _labels(found: Iterable[Part]) -> str:
    return ", ".join(_label(each) for each in found)


def _id(part: Part) -> str:
    if isinstance(part, Origin):
        return words.id_of(part)
    return f'"{part.id}"' if is_id(part.id) else "its_id"


def _ids(found: Sequence[Part], example: str) -> str:
    return ", ".join(_id(each) for each in found) or example


def _list_of(found: Sequence[Part], example: str, *, more: bool) -> str:
    """Return a list as the program writes it; what it holds beside these stays, as dots."""
    return f"[{'..., ' if more else ''}{_ids(found, example)}]"


def _name(part: Part) -> str:
    return part.name if isinstance(part, Origin) else "more"


def _list(items: Iterable[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last
