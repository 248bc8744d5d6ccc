"""VPC endpoints, with what other resources attach to them: subnets, route tables, groups, private DNS."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from mwaa_guardrails.aws.model import EndpointType, Inside, Reference, Service, Unresolved, VpcEndpoint
from mwaa_guardrails.aws.statements import PolicyDocument
from mwaa_guardrails.reading.policy_documents import read_policy_document
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, required
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

_ENDPOINT_KEY: Final = "vpcEndpointId"
# The Region in a full service name; `us-gov-west-1` and `ap-southeast-1` are both of this form.
_REGION: Final = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]+")
_TYPES: Final[Mapping[str, EndpointType]] = {
    "gateway": EndpointType.GATEWAY,
    "interface": EndpointType.INTERFACE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attachments:
    """What resources of their own attach to endpoints, by type of resource."""

    by_type: Mapping[str, tuple[Properties, ...]]
    links: Links

    def of(self, endpoint: Inside, type_: str) -> tuple[Properties, ...]:
        """Return the resources of a type that surely belong to an endpoint."""
        return tuple(each for each in self.by_type[type_] if self._target(each) == endpoint)

    def doubt(self, endpoint: Inside, type_: str) -> Unknown | None:
        """Return why a resource of a type may belong to an endpoint although nothing says so for sure."""
        for each in self.by_type[type_]:
            target = self._target(each)
            if isinstance(target, Unresolved) and target.may_mean(endpoint):
                return target.unknown
        return None

    def _target(self, properties: Properties) -> Reference:
        reference = self.links.one(properties, _ENDPOINT_KEY, Family.VPC_ENDPOINT)
        return required(reference, properties, _ENDPOINT_KEY)


def read_vpc_endpoints(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> dict[str, VpcEndpoint]:
    """Return every VPC endpoint under its URN."""
    attachments = _Attachments(by_type=by_type, links=links)
    return {
        properties.resource.urn: _endpoint(properties, attachments, links) for properties in by_type[ENDPOINT]
    }


def _endpoint(properties: Properties, attachments: _Attachments, links: Links) -> VpcEndpoint:
    itself = Inside(properties.resource.urn)
    vpc = required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId")
    return VpcEndpoint(
        origin=properties.origin,
        vpc=vpc,
        service=_service(properties),
        type=_type(properties),
        private_dns=_private_dns(properties, attachments, itself),
        route_tables=_attached(
            links.many(properties, "routeTableIds", Family.ROUTE_TABLE),
            _associated(attachments, itself, ROUTE_TABLE_ASSOCIATION, "routeTableId", Family.ROUTE_TABLE),
        ),
        subnets=_attached(
            links.many(properties, "subnetIds", Family.SUBNET),
            _associated(attachments, itself, SUBNET_ASSOCIATION, "subnetId", Family.SUBNET),
        ),
        security_groups=_groups(properties, attachments, links, vpc),
        policy=_policy(properties, attachments, itself),
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
            own = index > 0 and labels[index - 1] != "vpce"
            return Service(rest, label) if rest and own else None
    return None


def _service(properties: Properties) -> Service | Unknown | None:
    name = properties.text("serviceName")
    return service_of(name) if isinstance(name, str) else name


def _type(properties: Properties) -> EndpointType | Unknown:
    # "CreateVpcEndpoint", EC2 API Reference: an endpoint without a type is a gateway endpoint.
    text = properties.text("vpcEndpointType") or EndpointType.GATEWAY.value
    return text if isinstance(text, Unknown) else _TYPES.get(text.lower(), EndpointType.OTHER)


def _private_dns(properties: Properties, attachments: _Attachments, itself: Inside) -> bool | Unknown:
    if properties.has("privateDnsEnabled"):
        return properties.stated_flag("privateDnsEnabled", default=False)
    for each in attachments.of(itself, PRIVATE_DNS):
        return each.stated_flag("privateDnsEnabled", default=False)
    return attachments.doubt(itself, PRIVATE_DNS) or False


def _policy(
    properties: Properties, attachments: _Attachments, itself: Inside
) -> PolicyDocument | Unknown | None:
    """Return an endpoint's policy document; one that a resource of its own gives takes the place of AWS's.

    An endpoint has one at a time. Resources that give it different ones overwrite each other.
    """
    doubt = attachments.doubt(itself, POLICY)
    if doubt is not None:
        return doubt
    own = attachments.of(itself, POLICY)
    if not own:
        return read_policy_document(properties, "policy")
    stated = (properties,) if properties.resource.inputs.get("policy") else ()
    document, *rivals = (read_policy_document(each, "policy") for each in (*own, *stated))
    if all(_says(rival) == _says(document) for rival in rivals):
        return document
    return own[0].unknown("policy", Reason.CONTESTED)


def _says(document: PolicyDocument | Unknown | None) -> PolicyDocument | Unknown | None:
    return replace(document, urn="", path="") if isinstance(document, PolicyDocument) else document


def _associated(
    attachments: _Attachments, itself: Inside, type_: str, key: str, family: Family
) -> tuple[Reference, ...] | Unknown:
    doubt = attachments.doubt(itself, type_)
    if doubt is not None:
        return doubt
    return tuple(
        required(attachments.links.one(each, key, family), each, key)
        for each in attachments.of(itself, type_)
    )


def _attached(
    listed: tuple[Reference, ...] | Unknown, associated: tuple[Reference, ...] | Unknown
) -> tuple[Reference, ...] | Unknown:
    if isinstance(listed, Unknown):
        return listed
    return associated if isinstance(associated, Unknown) else _distinct((*listed, *associated))


def _groups(
    properties: Properties, attachments: _Attachments, links: Links, vpc: Reference
) -> tuple[Reference, ...] | Unknown:
    """Return an endpoint's groups; without any it carries the VPC's default group (CreateVpcEndpoint)."""
    itself = Inside(properties.resource.urn)
    listed = links.many(properties, "securityGroupIds", Family.SECURITY_GROUP)
    # A default group stands in the model under its VPC.
    default: tuple[Reference, ...] = (vpc,)
    for each in attachments.of(itself, GROUP_ASSOCIATION):
        replaces = each.stated_flag("replaceDefaultAssociation", default=False)
        if isinstance(replaces, Unknown):
            return replaces
        default = () if replaces else default
    associated = _associated(attachments, itself, GROUP_ASSOCIATION, "securityGroupId", Family.SECURITY_GROUP)
    return _attached(listed if listed != () else default, associated)


def _distinct(references: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(references))
