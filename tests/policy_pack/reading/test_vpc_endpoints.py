"""VPC endpoints as resources have them, with what other resources attach."""

import pytest

from mwaa_guardrails.aws.model import (
    EndpointType,
    EnvironmentPart,
    EnvironmentService,
    Inside,
    Outside,
    Reference,
    References,
    Service,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links
from mwaa_guardrails.reading.resource import Opaque
from mwaa_guardrails.reading.vpc_endpoints import service_of
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import endpoint, environment, interface_endpoint
from tests.policy_pack.stacks import Made, Rendering, Written, made, ref, render

NAMES: list[tuple[str, str, Service | None]] = [
    ("the commercial partition", "com.amazonaws.eu-west-1.sqs", Service("sqs", "eu-west-1")),
    ("two labels", "com.amazonaws.eu-west-1.ecr.api", Service("ecr.api", "eu-west-1")),
    ("China", "cn.com.amazonaws.cn-north-1.monitoring", Service("monitoring", "cn-north-1")),
    ("GovCloud", "com.amazonaws.us-gov-west-1.kms", Service("kms", "us-gov-west-1")),
    ("a long Region", "com.amazonaws.ap-southeast-5.s3", Service("s3", "ap-southeast-5")),
    ("another prefix", "aws.api.us-east-1.kms", Service("kms", "us-east-1")),
    ("a third", "aws.sagemaker.us-east-1.notebook", Service("notebook", "us-east-1")),
    ("S3 Express is not S3", "com.amazonaws.eu-west-1.s3express", Service("s3express", "eu-west-1")),
    ("FIPS is a service of its own", "com.amazonaws.us-east-1.kms-fips", Service("kms-fips", "us-east-1")),
    ("no Region", "com.amazonaws.s3-global.accesspoint", None),
    ("no service", "com.amazonaws.eu-west-1", None),
    ("nothing before the Region", "eu-west-1.sqs", None),
    ("a service of others", "com.amazonaws.vpce.eu-west-1.vpce-svc-0abc", None),
    ("no name at all", "sqs", None),
]


@pytest.mark.parametrize(("name", "service"), rows(NAMES))
def test_a_service_is_what_follows_the_region_in_its_name(name: str, service: Service | None) -> None:
    """Exactly, whatever comes before."""
    assert service_of(name) == service


VPC = made("ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
SUBNETS = tuple(
    made("ec2/subnet:Subnet", name, vpcId=ref("vpc"), cidrBlock=f"10.0.{number}.0/24")
    for number, name in enumerate("abc")
)
GROUP = made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"))
ENV = environment(["a", "b"], ["group"])


def _urn(name: str) -> str:
    return next(each.urn for each in (VPC, *SUBNETS, GROUP, ENV, endpoint("sqs")) if each.name == name)


def _read(*resources: Made, rendering: Rendering = Rendering.PREVIEW) -> VpcEndpoint:
    """Return the endpoint of SQS."""
    stack = (VPC, *SUBNETS, GROUP, *resources)
    return read_network(render(stack, rendering)).vpc_endpoints[_urn("sqs")]


def _unknown(name: str, path: str, reason: Reason = Reason.NOT_YET) -> Unknown:
    return Unknown(urn=name, path=path, reason=reason)


TYPES: list[tuple[str, Written, EndpointType]] = [
    ("none is Gateway", None, EndpointType.GATEWAY),
    ("empty is Gateway", "", EndpointType.GATEWAY),
    ("Gateway", "Gateway", EndpointType.GATEWAY),
    ("Interface", "Interface", EndpointType.INTERFACE),
    ("any case", "interface", EndpointType.INTERFACE),
    ("any other", "GatewayLoadBalancer", EndpointType.OTHER),
]


@pytest.mark.parametrize(("written", "type_"), rows(TYPES))
def test_the_type_is_gateway_unless_it_is_stated(written: Written, type_: EndpointType) -> None:
    """As CreateVpcEndpoint has it."""
    assert _read(endpoint("sqs", vpcEndpointType=written)).type is type_


def _dns(name: str = "dns", *, enabled: Written = True, of: Written = None) -> Made:
    return made(
        "vpc/endpointPrivateDns:EndpointPrivateDns",
        name,
        vpcEndpointId=ref("sqs") if of is None else of,
        privateDnsEnabled=enabled,
    )


def _sqs(**inputs: Written) -> Made:
    return interface_endpoint("sqs", **{"privateDnsEnabled": None, **inputs})


def _only(word: Written) -> dict[str, Written]:
    return {"privateDnsOnlyForInboundResolverEndpoint": word}


_OUTSIDE_ALONE = _only(word=True)
DNS: list[tuple[str, tuple[Made, ...], bool | tuple[str, str, Reason]]] = [
    ("off unless it is stated", (_sqs(),), False),
    ("on where it is", (_sqs(privateDnsEnabled=True),), True),
    ("not known", (_sqs(privateDnsEnabled=Opaque.COMPUTED),), ("sqs", "privateDnsEnabled", Reason.NOT_YET)),
    ("on by a resource of its own", (_sqs(), _dns()), True),
    ("off by a resource of its own", (_sqs(), _dns(enabled=False)), False),
    (
        "not known by a resource of its own",
        (_sqs(), _dns(enabled=Opaque.COMPUTED)),
        ("dns", "privateDnsEnabled", Reason.NOT_YET),
    ),
    ("said twice alike", (_sqs(privateDnsEnabled=True), _dns()), True),
    (
        "said twice, and differently",
        (_sqs(privateDnsEnabled=True), _dns(enabled=False)),
        ("dns", "privateDnsEnabled", Reason.CONTESTED),
    ),
    ("on by a resource of another endpoint", (_sqs(), endpoint("kms"), _dns(of=ref("kms"))), False),
    (
        "on by a resource of any endpoint",
        (_sqs(), _dns(of=Opaque.COMPUTED)),
        ("dns", "vpcEndpointId", Reason.NOT_YET),
    ),
    ("off by a resource of any endpoint", (_sqs(), _dns(of=Opaque.COMPUTED, enabled=False)), False),
    ("on for all, options or not", (_sqs(privateDnsEnabled=True, dnsOptions={}),), True),
    ("on for those outside alone", (_sqs(privateDnsEnabled=True, dnsOptions=_OUTSIDE_ALONE),), False),
    (
        "on for those outside alone, by a resource of its own beside the endpoint's word",
        (_sqs(privateDnsEnabled=True, dnsOptions=_OUTSIDE_ALONE), _dns()),
        False,
    ),
    *(
        (f"{word} in CloudFormation's words", (_sqs(privateDnsEnabled=True, dnsOptions=_only(word)),), on)
        for word, on in (("OnlyInboundResolver", False), ("AllResolvers", True), ("NotSpecified", True))
    ),
    (
        "in no words that there are",
        (_sqs(privateDnsEnabled=True, dnsOptions=_only("Nobody")),),
        ("sqs", "dnsOptions.privateDnsOnlyForInboundResolverEndpoint", Reason.MALFORMED),
    ),
    (
        "in an object, where a word belongs",
        (_sqs(privateDnsEnabled=True, dnsOptions=_only({})),),
        ("sqs", "dnsOptions.privateDnsOnlyForInboundResolverEndpoint", Reason.MALFORMED),
    ),
    (
        "options not known",
        (_sqs(privateDnsEnabled=True, dnsOptions=Opaque.COMPUTED),),
        ("sqs", "dnsOptions", Reason.NOT_YET),
    ),
    (
        "an option not known",
        (_sqs(privateDnsEnabled=True, dnsOptions=_only(Opaque.COMPUTED)),),
        ("sqs", "dnsOptions.privateDnsOnlyForInboundResolverEndpoint", Reason.NOT_YET),
    ),
]


@pytest.mark.parametrize(("resources", "private_dns"), rows(DNS))
def test_private_dns_is_what_all_resources_together_say(
    resources: tuple[Made, ...], *, private_dns: bool | tuple[str, str, Reason]
) -> None:
    """For clients in the VPC."""
    found = _read(*resources).private_dns
    if isinstance(found, Unknown):
        assert (found.urn.rpartition("::")[2], found.path, found.reason) == private_dns
    else:
        assert found is private_dns


def test_private_dns_that_a_resource_turns_on_stays_on_though_the_endpoint_says_no() -> None:
    """Its state is older than the resource, until a refresh."""
    assert _read(_sqs(), _dns(), rendering=Rendering.DEPLOYED).private_dns is True


def _tie(kind: str, name: str, of: Written, **inputs: Written) -> Made:
    return made(f"ec2/{kind[0].lower()}{kind[1:]}:{kind}", name, vpcEndpointId=of, **inputs)


def _in_subnet(name: str, subnet: Written, of: Written = None) -> Made:
    return _tie("VpcEndpointSubnetAssociation", name, of or ref("sqs"), subnetId=subnet)


A, B = Inside(_urn("a")), Inside(_urn("b"))
SUBNETS_OF: list[tuple[str, tuple[Made, ...], References]] = [
    ("none", (_sqs(subnetIds=None),), ()),
    ("those listed", (_sqs(),), (A, B)),
    ("those listed, in an order of their own", (_sqs(subnetIds=[ref("b"), ref("a")]),), (A, B)),
    ("those associated", (_sqs(subnetIds=None), _in_subnet("1", ref("b"))), (B,)),
    ("either, each once", (_sqs(), _in_subnet("1", ref("b"))), (A, B)),
    ("one outside", (_sqs(subnetIds=None), _in_subnet("1", "subnet-0a")), (Outside("subnet-0a"),)),
    (
        "an association of another endpoint",
        (_sqs(subnetIds=None), endpoint("kms"), _in_subnet("1", ref("b"), ref("kms"))),
        (),
    ),
    (
        "an association of an endpoint outside",
        (_sqs(subnetIds=None), _in_subnet("1", ref("b"), "vpce-0a")),
        (),
    ),
]


@pytest.mark.parametrize(("resources", "subnets"), rows(SUBNETS_OF))
def test_an_endpoint_is_in_the_subnets_listed_and_associated(
    resources: tuple[Made, ...], subnets: References
) -> None:
    """The two are one list in AWS."""
    found = _read(*resources)
    assert found.subnets == subnets
    assert found.separate is any(each.inputs.get("vpcEndpointId") == ref("sqs") for each in resources)


def test_what_attaches_something_is_followed_once_however_many_endpoints_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that reading costs what the resources cost, and not their product."""
    followed: list[str] = []
    one = Links.one

    def counted(links: Links, properties: Properties, key: str, *families: Family) -> Reference | None:
        if key == "vpcEndpointId":
            followed.append(properties.resource.name)
        return one(links, properties, key, *families)

    monkeypatch.setattr(Links, "one", counted)
    services = ("kms", "logs", "monitoring")
    others = (interface_endpoint(each) for each in services)
    ties = (_in_subnet(f"of {each}", ref("c"), ref(each)) for each in services)
    assert _read(_sqs(), _in_subnet("of sqs", ref("c")), *others, *ties).subnets == (A, B, Inside(_urn("c")))
    assert sorted(followed) == ["of kms", "of logs", "of monitoring", "of sqs"]


DOUBTS: list[tuple[str, tuple[Made, ...], tuple[str, tuple[str, ...]]]] = [
    (
        "a list not known may hold what it depends on",
        (_sqs(subnetIds=Opaque.COMPUTED),),
        ("subnetIds", ()),
    ),
    (
        "beside an association it may hold anything",
        (_sqs(subnetIds=Opaque.COMPUTED), _in_subnet("1", ref("b"))),
        ("subnetIds", ()),
    ),
]


@pytest.mark.parametrize(("resources", "doubt"), rows(DOUBTS))
def test_a_list_not_known_is_one_reference(
    resources: tuple[Made, ...], doubt: tuple[str, tuple[str, ...]]
) -> None:
    """To anything it may hold."""
    found = _read(*resources).subnets
    assert isinstance(found, Unresolved)
    assert (found.unknown.path, found.candidates) == doubt


def test_a_list_not_known_as_a_whole_may_hold_what_it_depends_on() -> None:
    """Groups, and the default group besides, for the list may be empty."""
    found = _read(_sqs(), rendering=Rendering.LISTS)
    assert isinstance(found.subnets, Unresolved)
    assert isinstance(found.security_groups, Unresolved)
    assert sorted(found.subnets.candidates) == [_urn("a"), _urn("b")]
    assert found.security_groups.candidates == (_urn("group"), _urn("vpc"))


def test_a_list_of_groups_in_a_vpc_outside_may_hold_a_default_group_outside() -> None:
    """Which nobody can name."""
    found = _read(_sqs(vpcId="vpc-0abc"), rendering=Rendering.LISTS)
    assert isinstance(found.security_groups, Unresolved)
    assert found.security_groups.candidates == ()


IN_DOUBT: list[tuple[str, Made, tuple[str, ...]]] = [
    ("a subnet of the stack", _in_subnet("1", ref("c"), Opaque.COMPUTED), (_urn("c"),)),
    ("a subnet outside", _in_subnet("1", "subnet-0a", Opaque.COMPUTED), ()),
]


@pytest.mark.parametrize(("association", "candidates"), rows(IN_DOUBT))
def test_what_may_be_associated_may_be_there(association: Made, candidates: tuple[str, ...]) -> None:
    """What is sure stays sure."""
    found = _read(_sqs(), association).subnets
    assert isinstance(found, tuple)
    *sure, maybe = found
    assert sure == [A, B]
    assert isinstance(maybe, Unresolved)
    assert (maybe.unknown.path, maybe.candidates) == ("vpcEndpointId", candidates)


def test_an_associated_subnet_not_known_may_be_any() -> None:
    """Its association is sure."""
    found = _read(_sqs(subnetIds=None), _in_subnet("1", Opaque.COMPUTED)).subnets
    assert isinstance(found, tuple)
    assert [each.unknown.path for each in found if isinstance(each, Unresolved)] == ["subnetId"]


def _group(name: str, of: Written = None, **inputs: Written) -> Made:
    given: dict[str, Written] = {"securityGroupId": ref("group"), **inputs}
    return _tie("SecurityGroupAssociation", name, of or ref("sqs"), **given)


DEFAULT, OWN = Inside(_urn("vpc")), Inside(_urn("group"))
_BARE = _sqs(securityGroupIds=None)
GROUPS: list[tuple[str, tuple[Made, ...], References]] = [
    ("those listed", (_sqs(),), (OWN,)),
    ("the default group where none is", (_BARE,), (DEFAULT,)),
    ("the default group where the list is empty", (_sqs(securityGroupIds=[]),), (DEFAULT,)),
    ("the default group and one associated", (_BARE, _group("1")), (OWN, DEFAULT)),
    ("one in its place", (_BARE, _group("1", replaceDefaultAssociation=True)), (OWN,)),
    ("two, one in its place", (_BARE, _group("1"), _group("2", replaceDefaultAssociation=True)), (OWN,)),
    (
        "the default group of a VPC outside",
        (_sqs(securityGroupIds=None, vpcId="vpc-0abc"),),
        (Outside("vpc-0abc"),),
    ),
]


@pytest.mark.parametrize(("resources", "groups"), rows(GROUPS))
def test_an_endpoint_carries_the_groups_listed_and_associated(
    resources: tuple[Made, ...], groups: References
) -> None:
    """Without any, the default group of its VPC."""
    assert set(_read(*resources).security_groups) == set(groups)  # type: ignore[arg-type] # none is unresolved


REPLACED: list[tuple[str, Made, str]] = [
    (
        "whether it replaces is not known",
        _group("1", replaceDefaultAssociation=Opaque.COMPUTED),
        "replaceDefaultAssociation",
    ),
    (
        "which endpoint it belongs to is not known",
        _group("1", Opaque.COMPUTED, replaceDefaultAssociation=True),
        "vpcEndpointId",
    ),
]


@pytest.mark.parametrize(("association", "path"), rows(REPLACED))
def test_the_default_group_may_have_been_replaced(association: Made, path: str) -> None:
    """Then it may be there."""
    found = _read(_BARE, association).security_groups
    assert isinstance(found, tuple)
    assert [
        (each.unknown.path, each.candidates)
        for each in found
        if isinstance(each, Unresolved) and each.candidates == (_urn("vpc"),)
    ] == [(path, (_urn("vpc"),))]


_DB = ref("env", "databaseVpcEndpointService")
_WEB = ref("env", "webserverVpcEndpointService")
_OTHERS = "com.amazonaws.vpce.eu-west-1.vpce-svc-0ffff"
PARTS: list[tuple[str, Rendering, Written, EnvironmentService | None]] = [
    (
        "a name that depends on an environment",
        Rendering.PREVIEW,
        _DB,
        EnvironmentService(environments=(ENV.urn,), part=None),
    ),
    (
        "the name of its database",
        Rendering.DEPLOYED,
        _DB,
        EnvironmentService(environments=(ENV.urn,), part=EnvironmentPart.DATABASE),
    ),
    (
        "the name of its web server",
        Rendering.DEPLOYED,
        _WEB,
        EnvironmentService(environments=(ENV.urn,), part=EnvironmentPart.WEB_SERVER),
    ),
    (
        "a service of others while an environment's is not known",
        Rendering.PREVIEW,
        _OTHERS,
        EnvironmentService(environments=(ENV.urn,), part=None, sure=False),
    ),
    ("a service of others", Rendering.DEPLOYED, _OTHERS, None),
    ("a service of AWS", Rendering.PREVIEW, "com.amazonaws.eu-west-1.sqs", None),
    ("no name", Rendering.PREVIEW, None, None),
    ("a name that depends on nothing", Rendering.PREVIEW, Opaque.COMPUTED, None),
]


@pytest.mark.parametrize(("rendering", "name", "of"), rows(PARTS))
def test_an_endpoint_may_lead_to_an_environment_of_the_stack(
    rendering: Rendering, name: Written, of: EnvironmentService | None
) -> None:
    """By the name of its service, or by what that depends on."""
    assert _read(ENV, _sqs(serviceName=name), rendering=rendering).environment_service == of


def test_a_name_that_depends_on_two_environments_may_be_either_ones() -> None:
    """So it is not sure."""
    second = made("mwaa/environment:Environment", "second")
    found = _read(ENV, second, _sqs(serviceName=[_DB, ref("second", "databaseVpcEndpointService")]))
    both = (ENV.urn, second.urn)
    assert found.environment_service == EnvironmentService(environments=both, part=None, sure=False)
