"""VPC endpoints, with what other resources attach to them: subnets, route tables, groups, private DNS."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import (
    EndpointType,
    EnvironmentPart,
    EnvironmentService,
    Inside,
    Origin,
    Reference,
    References,
    Service,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.statements import Effect, PolicyDocument, Principals, Selection, Statement
from mwaa_guardrails.reading.environments import ENVIRONMENT
from mwaa_guardrails.reading.policy_documents import read_policy_document
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, from_memory, in_doubt, in_order, required
from mwaa_guardrails.unknown import Reason, Unknown

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ROUTE_TABLE_ASSOCIATION = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
SUBNET_ASSOCIATION = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation"
GROUP_ASSOCIATION = "aws:ec2/securityGroupAssociation:SecurityGroupAssociation"
PRIVATE_DNS = "aws:vpc/endpointPrivateDns:EndpointPrivateDns"
POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
TYPES: Final = frozenset(
    {ENDPOINT, ROUTE_TABLE_ASSOCIATION, SUBNET_ASSOCIATION, GROUP_ASSOCIATION, PRIVATE_DNS, POLICY}
)

_GROUPS: Final = "securityGroupIds"
# The Region in a full service name; `us-gov-west-1` and `ap-southeast-1` are both of this form.
_REGION: Final = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]+")
_TYPES: Final[Mapping[str, EndpointType]] = {
    "gateway": EndpointType.GATEWAY,
    "interface": EndpointType.INTERFACE,
}


# CloudFormation's words for what pulumi-aws has as a flag ("AWS::EC2::VPCEndpoint DnsOptionsSpecification").
_OUTSIDE_ALONE: Final[Mapping[str, bool]] = {
    "OnlyInboundResolver": True,
    "AllResolvers": False,
    "NotSpecified": False,
}
# What AWS gives an endpoint that has no policy ("CreateVpcEndpoint").
_FULL_ACCESS: Final = Statement(
    position=1,
    sid=None,
    effect=Effect.ALLOW,
    principals=Principals.INCLUDED,
    actions=Selection(patterns=("*",)),
    resources=Selection(patterns=("*",)),
)
# Labels of the name of a service that is no AWS service: `com.amazonaws.vpce.<region>.vpce-svc-<id>`.
_SERVICE_OF_OTHERS: Final = "vpce"
_PARTS: Final[Mapping[str, EnvironmentPart]] = {
    "databaseVpcEndpointService": EnvironmentPart.DATABASE,
    "webserverVpcEndpointService": EnvironmentPart.WEB_SERVER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attachment:
    """A resource of its own that attaches something to an endpoint.

    Attributes:
        properties: Its properties.
        doubt: Why it may belong to another endpoint; None when it surely belongs to this one.
    """

    properties: Properties
    doubt: Unknown | None


# By type, what belongs to an endpoint or may do so.
_Attached: TypeAlias = Mapping[str, tuple[_Attachment, ...]]


def read_vpc_endpoints(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> dict[str, VpcEndpoint]:
    """Return every VPC endpoint under its URN."""
    endpoints = {properties.resource.urn: properties for properties in by_type[ENDPOINT]}
    attached = {type_: _by_endpoint(by_type[type_], links, tuple(endpoints)) for type_ in TYPES - {ENDPOINT}}
    return {
        urn: _endpoint(properties, by_type, links, {type_: attached[type_][urn] for type_ in attached})
        for urn, properties in endpoints.items()
    }


def _by_endpoint(
    resources: Iterable[Properties], links: Links, endpoints: tuple[str, ...]
) -> dict[str, tuple[_Attachment, ...]]:
    """Return, for each endpoint, the resources that belong to it or may do so."""
    found: dict[str, list[_Attachment]] = {urn: [] for urn in endpoints}
    for properties in resources:
        target = required(
            links.one(properties, "vpcEndpointId", Family.VPC_ENDPOINT), properties, "vpcEndpointId"
        )
        match target:
            case Inside(urn):
                found[urn].append(_Attachment(properties=properties, doubt=None))
            case Unresolved(unknown, candidates):
                for urn in candidates or endpoints:
                    found[urn].append(_Attachment(properties=properties, doubt=unknown))
            case _:
                pass  # an endpoint of another stack
    return {urn: tuple(each) for urn, each in found.items()}


def _endpoint(
    properties: Properties, by_type: Mapping[str, tuple[Properties, ...]], links: Links, attached: _Attached
) -> VpcEndpoint:
    vpc = required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId")
    of_environment = _environment_service(properties, by_type[ENVIRONMENT], links)
    private_dns, private_dns_by = _private_dns(properties, attached[PRIVATE_DNS])
    outside_alone = private_dns is True and _outside_alone(properties)
    if private_dns is True:
        private_dns = outside_alone if isinstance(outside_alone, Unknown) else not outside_alone
    return VpcEndpoint(
        origin=properties.origin,
        vpc=vpc,
        service=None if of_environment is not None else _service(properties),
        environment_service=of_environment,
        type=_type(properties),
        private_dns=private_dns,
        private_dns_by=private_dns_by,
        outside_alone=outside_alone is True,
        route_tables=_together(
            _listed(properties, links, "routeTableIds", Family.ROUTE_TABLE),
            _associated(attached[ROUTE_TABLE_ASSOCIATION], links, "routeTableId", Family.ROUTE_TABLE),
            properties.recalled("routeTableIds"),
        ),
        subnets=_together(
            _listed(properties, links, "subnetIds", Family.SUBNET),
            _associated(attached[SUBNET_ASSOCIATION], links, "subnetId", Family.SUBNET),
            properties.recalled("subnetIds"),
        ),
        policy=_policy(properties, attached[POLICY]),
        security_groups=_groups(properties, attached[GROUP_ASSOCIATION], links, vpc),
        separate=bool(attached[ROUTE_TABLE_ASSOCIATION] or attached[SUBNET_ASSOCIATION]),
    )


def service_of(name: str) -> Service | None:
    """Return the AWS service of a full service name; None when the name has no Region or no service.

    Whatever precedes the Region (`com.amazonaws`, `cn.com.amazonaws`, `aws.api`) differs from service to
    service ("AWS services that integrate with AWS PrivateLink"), so what follows it tells the service.
    """
    labels = name.split(".")
    for index, label in enumerate(labels):
        if _REGION.fullmatch(label):
            rest = ".".join(labels[index + 1 :])
            own = index > 0 and labels[index - 1] != _SERVICE_OF_OTHERS
            return Service(rest, label) if rest and own else None
    return None


def _service(properties: Properties) -> Service | Unknown | None:
    name = properties.text("serviceName")
    return service_of(name) if isinstance(name, str) else name


def _environment_service(
    properties: Properties, environments: Iterable[Properties], links: Links
) -> EnvironmentService | None:
    """Return what of an environment an endpoint leads to: by the service's name, or what that depends on.

    A service of others may belong to any environment whose own services are not known yet.
    """
    name = properties.text("serviceName")
    if name is None:
        return None
    if isinstance(name, Unknown):
        depends = sorted(links.candidates(properties, "serviceName", Family.ENVIRONMENT))
        sure = len(depends) == 1
        return EnvironmentService(environments=tuple(depends), part=None, sure=sure) if depends else None
    if _SERVICE_OF_OTHERS not in name.split("."):
        return None
    untold: list[str] = []
    for each in environments:
        told = {key: each.stated_text(key) for key in _PARTS}
        for key, part in _PARTS.items():
            if told[key] == name:
                return EnvironmentService(environments=(each.resource.urn,), part=part)
        if not all(isinstance(value, str) for value in told.values()):
            untold.append(each.resource.urn)
    return EnvironmentService(environments=tuple(untold), part=None, sure=False) if untold else None


def _type(properties: Properties) -> EndpointType | Unknown:
    # "CreateVpcEndpoint", EC2 API Reference: an endpoint without a type is a gateway endpoint.
    text = properties.text("vpcEndpointType") or EndpointType.GATEWAY.value
    return text if isinstance(text, Unknown) else _TYPES.get(text.lower(), EndpointType.OTHER)


def _private_dns(
    properties: Properties, separate: tuple[_Attachment, ...]
) -> tuple[bool | Unknown, Origin | None]:
    """Return whether an endpoint has private DNS, and the resource of its own that says so.

    AWS has it as such a resource says as soon as it is made, whatever the endpoint's own state said before;
    beside another word on the endpoint itself, the two overwrite each other.
    """
    key = "privateDnsEnabled"
    word: bool | Unknown = properties.stated_flag(key, default=False)
    by: Origin | None = None
    for each in separate:
        stated = each.properties.stated_flag(key, default=False)
        if each.doubt is not None:
            word = word if word == stated else each.doubt
        elif properties.is_written(key) and stated != word:
            return each.properties.unknown(key, Reason.CONTESTED), None
        else:
            word, by = stated, each.properties.origin
    return word, by


def _outside_alone(properties: Properties) -> bool | Unknown:
    """Return whether private DNS is for clients outside the VPC alone, as S3's endpoints can have it."""
    options = properties.object("dnsOptions")
    if options is None or isinstance(options, Unknown):
        return options or False
    key = "privateDnsOnlyForInboundResolverEndpoint"
    word = options.stated(key)
    if isinstance(word, str) and word in _OUTSIDE_ALONE:
        return _OUTSIDE_ALONE[word]
    return options.stated_flag(key, default=False)


def _listed(properties: Properties, links: Links, key: str, family: Family) -> References:
    listed = links.many(properties, key, family)
    return links.any_of(properties, key, family, listed) if isinstance(listed, Unknown) else in_order(listed)


def _policy(properties: Properties, attached: tuple[_Attachment, ...]) -> PolicyDocument | Unknown | None:
    """Return an endpoint's policy document; one that a resource of its own gives takes the place of AWS's.

    An endpoint has one at a time. Resources that give it different ones overwrite each other.
    """
    doubt = next((each.doubt for each in attached if each.doubt is not None), None)
    if doubt is not None:
        return doubt
    own = [each.properties for each in attached]
    if not own:
        return _own_policy(properties)
    stated = (properties,) if properties.resource.inputs.get("policy") else ()
    document, *rivals = (read_policy_document(each, "policy") for each in (*own, *stated))
    if all(_says(rival) == _says(document) for rival in rivals):
        return document
    return own[0].unknown("policy", Reason.CONTESTED)


def _own_policy(properties: Properties) -> PolicyDocument | Unknown | None:
    """Return the policy document on an endpoint; one that nobody states, but AWS's own, may be gone."""
    document, recalled = read_policy_document(properties, "policy"), properties.recalled("policy")
    if isinstance(document, PolicyDocument) and document.statements != (_FULL_ACCESS,):
        return recalled or document
    return document


def _says(document: PolicyDocument | Unknown | None) -> PolicyDocument | Unknown | None:
    return replace(document, urn="", path="") if isinstance(document, PolicyDocument) else document


def _associated(
    attached: Iterable[_Attachment], links: Links, key: str, family: Family
) -> tuple[Reference, ...]:
    return tuple(
        in_doubt(required(links.one(each.properties, key, family), each.properties, key), each.doubt)
        for each in attached
    )


def _together(listed: References, associated: tuple[Reference, ...], recalled: Unknown | None) -> References:
    """Return a list and what is associated besides; the two are one list in AWS."""
    if isinstance(listed, Unresolved):
        return Unresolved(listed.unknown) if associated else listed
    own = (from_memory(each, recalled) for each in listed if each not in associated)
    return in_order(dict.fromkeys((*own, *associated)))


def _groups(
    properties: Properties, attached: tuple[_Attachment, ...], links: Links, vpc: Reference
) -> References:
    """Return an endpoint's groups; without any it carries the VPC's default group (CreateVpcEndpoint).

    A default group stands in the model under its VPC.
    """
    listed = _listed(properties, links, _GROUPS, Family.SECURITY_GROUP)
    associated = _associated(attached, links, "securityGroupId", Family.SECURITY_GROUP)
    recalled = properties.recalled(_GROUPS)
    if isinstance(listed, Unresolved):
        if listed.candidates and isinstance(vpc, Inside):
            # The list may turn out to be empty.
            listed = replace(listed, candidates=(*listed.candidates, vpc.urn))
        else:
            listed = Unresolved(listed.unknown)
    elif not listed or (recalled is not None and vpc in listed):
        associated = (*_default_group(attached, vpc), *associated)
        listed = tuple(each for each in listed if each != vpc)
    return _together(listed, associated, recalled)


def _default_group(attached: Iterable[_Attachment], vpc: Reference) -> tuple[Reference, ...]:
    """Return the VPC's default group, unless an association takes its place."""
    doubt: Unknown | None = None
    for each in attached:
        replaces = each.properties.stated_flag("replaceDefaultAssociation", default=False)
        if replaces is True and each.doubt is None:
            return ()
        doubt = doubt or (replaces if isinstance(replaces, Unknown) else each.doubt if replaces else None)
    return (in_doubt(vpc, doubt),)
