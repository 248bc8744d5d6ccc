"""VPC endpoints and the DNS they need: rows 72, 81 to 106, 144 to 147, 159 and 160."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import (
    INTERFACE_SERVICES,
    changed,
    endpoint,
    environment,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Made, Written, made, ref
from tests.policy_pack.verdicts import (
    ATTACHED,
    CUSTOMER,
    DNS,
    DNS_TWICE,
    MISSING,
    PRIVATE_DNS,
    REFUSES,
    SELF,
    SILENT,
    Verdict,
    advice,
    undetermined,
    violation,
)

PUBLIC: Final = right_network()
PRIVATE: Final = right_private_network()
LACKING: Final = violation(MISSING, "vpc")
FIVE: Final = ("s3", *INTERFACE_SERVICES)
_VPC: Final = "ec2/vpc:Vpc"
_FOREIGN: Final = made("cloudformation/stack:Stack", "foreign", templateBody="{}")
"""Makes what no reader knows of."""

_OF_FOREIGN: Final = ref("foreign", "outputs")

_RULE: Final = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_HTTPS: Final[dict[str, Written]] = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
_DATABASE: Final[dict[str, Written]] = {"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432}


def _row(  # noqa: PLR0913 - what a row says, each by its name
    number: int,
    sentence: str,
    stack: tuple[Made, ...],
    verdict: Verdict = SILENT,
    *,
    lists: Verdict | None = None,
    certain: tuple[str, ...] = (),
) -> Row:
    return Row(number=number, sentence=sentence, stack=stack, verdict=verdict, lists=lists, certain=certain)


def _option(check: str, substitutes: Substitutes) -> Mapping[str, Options]:
    return {check: Options(substitutes=substitutes)}


def _options(
    row: Row, check: str, *, refuse: Verdict, accept: Verdict = SILENT, certain: tuple[str, ...] = ()
) -> tuple[Row, ...]:
    """Return a row without an option, which advises, and with each of its values."""
    with_option = (
        (Substitutes.REFUSE, refuse),
        (Substitutes.ADVISE, row.verdict),
        (Substitutes.ACCEPT, accept),
    )
    return (
        row,
        *(
            replace(
                row,
                sentence=f"{row.sentence}, {substitutes.value}",
                options=_option(check, substitutes),
                verdict=verdict,
                lists=None if certain and substitutes is Substitutes.REFUSE else row.lists,
                certain=(certain if substitutes is Substitutes.REFUSE else ()) or row.certain,
            )
            for substitutes, verdict in with_option
        ),
    )


def without(stack: tuple[Made, ...], *inputs: str, of: str) -> tuple[Made, ...]:
    """Return a stack in which one resource leaves some inputs out."""
    return tuple(
        replace(each, inputs={key: value for key, value in each.inputs.items() if key not in inputs})
        if each.name == of
        else each
        for each in stack
    )


def subnet(name: str, block: str, zone: str | None = "eu-west-1a", **inputs: Written) -> Made:
    """Return another subnet of the VPC."""
    place: dict[str, Written] = {} if zone is None else {"availabilityZone": zone}
    return made("ec2/subnet:Subnet", name, vpcId=ref("vpc"), cidrBlock=block, **place, **inputs)


def group(name: str, *rules: Written) -> Made:
    """Return a security group of the VPC with inline inbound rules."""
    return made("ec2/securityGroup:SecurityGroup", name, vpcId=ref("vpc"), ingress=list(rules))


def line(port: int, **peer: Written) -> dict[str, Written]:
    """Return an inline inbound rule for one TCP port."""
    return {"protocol": "tcp", "fromPort": port, "toPort": port, **peer}


def tie(kind: str, name: str, of: str, **inputs: Written) -> Made:
    """Return a resource of its own that attaches something to an endpoint."""
    return made(f"ec2/{kind[0].lower()}{kind[1:]}:{kind}", name, vpcEndpointId=ref(of), **inputs)


def vpc(name: str = "vpc", **inputs: Written) -> Made:
    """Return a VPC."""
    return made(_VPC, name, cidrBlock="10.0.0.0/16", **inputs)


def outside(*, drop: Iterable[str] = ()) -> tuple[Made, ...]:
    """Return the private network in a VPC by its id, with some endpoints left out."""
    dropped = set(drop)
    return tuple(
        replace(each, inputs={**each.inputs, **({"vpcId": "vpc-0abc"} if "vpcId" in each.inputs else {})})
        for each in PRIVATE
        if each.name != "vpc" and each.name not in dropped
    )


def named(service: str, name: str) -> tuple[Made, ...]:
    """Return the private network with another name of one service."""
    made_ = endpoint("s3", vpcEndpointType="Gateway", routeTableIds=[ref("private-table")], serviceName=name)
    return changed(PRIVATE, made_ if service == "s3" else interface_endpoint(service, serviceName=name))


def _elsewhere(region: str, names: Mapping[str, str]) -> tuple[Made, ...]:
    """Return the private network in another Region, with these names of services."""
    return tuple(
        replace(
            each,
            inputs={
                **each.inputs,
                "region": region,
                **({"serviceName": names[each.name]} if each.name in names else {}),
                **({"availabilityZone": f"{region}{each.name}"} if "availabilityZone" in each.inputs else {}),
            },
        )
        for each in PRIVATE
    )


_PARTIAL: Final = (
    endpoint("s3", vpcEndpointType="Gateway", routeTableIds=[ref("public-table")]),
    interface_endpoint("sqs", privateDnsEnabled=False, subnetIds=[ref("a")]),
    endpoint("logs"),
    interface_endpoint("kms", securityGroupIds=[]),
)

_WHICH: Final[tuple[Row, ...]] = (
    replace(
        _row(72, "a NAT network with some endpoints, of any quality", changed(PUBLIC, *_PARTIAL)),
        attached=False,
    ),
    _row(81, "all five", PRIVATE),
    *(
        _row(81, f"no endpoint for {service}", changed(PRIVATE, without=[service]), LACKING)
        for service in FIVE
    ),
    _row(81, "no endpoint at all", changed(PRIVATE, without=FIVE), LACKING),
    _row(82, "the five without ecr and airflow", PRIVATE),
    _row(
        83,
        "ten less airflow.ops",
        changed(
            PRIVATE,
            *(interface_endpoint(each) for each in ("ecr.api", "ecr.dkr", "airflow.api", "airflow.env")),
        ),
    ),
    _row(
        83,
        "further endpoints of any quality",
        changed(PRIVATE, endpoint("secretsmanager"), interface_endpoint("ecr.api", privateDnsEnabled=False)),
    ),
    _row(84, "VPC by id, no endpoint in the stack", outside(drop=FIVE)),
    _row(84, "VPC by id, all five in the stack", outside()),
    _row(85, "VPC by id, four of five in the stack", outside(drop=["kms"]), advice(MISSING, "env")),
    _row(
        86,
        "an endpoint in another VPC of the stack",
        changed(PRIVATE, vpc("other"), interface_endpoint("kms", vpcId=ref("other"))),
        LACKING,
        certain=("kms",),
    ),
    _row(
        86,
        "an endpoint in a VPC by id",
        changed(PRIVATE, interface_endpoint("kms", vpcId="vpc-0abc")),
        LACKING,
        certain=("kms",),
    ),
    _row(
        86,
        "another Region in the name",
        named("kms", "com.amazonaws.eu-west-2.kms"),
        LACKING,
        certain=("kms",),
    ),
    _row(
        87,
        "China, where each service has a prefix of its own",
        _elsewhere(
            "cn-north-1",
            {
                "s3": "com.amazonaws.cn-north-1.s3",
                "sqs": "cn.com.amazonaws.cn-north-1.sqs",
                "logs": "com.amazonaws.cn-north-1.logs",
                "monitoring": "cn.com.amazonaws.cn-north-1.monitoring",
                "kms": "com.amazonaws.cn-north-1.kms",
            },
        ),
    ),
    _row(87, "a name with aws.api", named("kms", "aws.api.eu-west-1.kms")),
    *(
        _row(
            87,
            f"an endpoint of {suffix} as well",
            changed(PRIVATE, interface_endpoint(suffix)),
        )
        for suffix in ("airflow-fips.api", "airflow.api-fips")
    ),
    _row(
        87,
        "a name not known yet holds missing back",
        changed(PRIVATE, interface_endpoint("kms", serviceName=Opaque.COMPUTED)),
        undetermined("kms", "serviceName"),
        certain=("kms",),
    ),
    _row(
        87,
        "two names not known yet hold two of them back, and are asked once each",
        changed(
            PRIVATE,
            interface_endpoint("kms", serviceName=Opaque.COMPUTED, privateDnsEnabled=False),
            interface_endpoint("logs", serviceName=Opaque.COMPUTED, privateDnsEnabled=False),
        ),
        undetermined("kms", "serviceName"),
        certain=("kms", "logs"),
    ),
    _row(
        87,
        "one name not known yet cannot be two that are missing",
        changed(
            PRIVATE,
            interface_endpoint("kms", serviceName=Opaque.COMPUTED, privateDnsEnabled=False),
            without=["sqs"],
        ),
        LACKING,
        certain=("kms",),
    ),
    _row(
        87,
        "an endpoint whose VPC is not known yet holds missing back",
        changed(PRIVATE, interface_endpoint("kms", vpcId=Opaque.COMPUTED)),
        undetermined("kms", "vpcId"),
        certain=("kms",),
    ),
    _row(
        87,
        "a further name not known yet, without private DNS, changes nothing",
        changed(PRIVATE, endpoint("more", serviceName=Opaque.COMPUTED)),
    ),
    *(
        _row(88, f"{name} in place of {service}", named(service, name), LACKING, certain=(service,))
        for service, name in (
            ("s3", "com.amazonaws.eu-west-1.s3express"),
            ("s3", "com.amazonaws.eu-west-1.s3-outposts"),
            ("s3", "com.amazonaws.s3-global.accesspoint"),
            ("kms", "com.amazonaws.eu-west-1.kms-fips"),
            ("sqs", "com.amazonaws.eu-west-1.sqs.more"),
            ("logs", "com.amazonaws.logs"),
            ("logs", "logs"),
        )
    ),
)

S3_BY_INTERFACE: Final = interface_endpoint("s3")
_TABLE_B: Final = (
    made("ec2/routeTable:RouteTable", "table-b", vpcId=ref("vpc")),
    made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        "association-b",
        routeTableId=ref("table-b"),
        subnetId=ref("b"),
    ),
)
TWO_TABLES: Final = changed(PRIVATE, *_TABLE_B)
_MAIN: Final = changed(PRIVATE, without=["association-a", "association-b"])


def s3(*tables: Written, stack: tuple[Made, ...] = TWO_TABLES) -> tuple[Made, ...]:
    """Return a network with the S3 gateway endpoint in these route tables."""
    return changed(stack, endpoint("s3", vpcEndpointType="Gateway", routeTableIds=list(tables)))


def in_table(name: str, table: str) -> Made:
    """Return what ties the S3 endpoint to a route table."""
    return tie("VpcEndpointRouteTableAssociation", name, "s3", routeTableId=ref(table))


def in_subnet(name: str, subnet_name: str) -> Made:
    """Return what ties the SQS endpoint to a subnet."""
    return tie("VpcEndpointSubnetAssociation", name, "sqs", subnetId=ref(subnet_name))


_NO_ZONE: Final[dict[str, Written]] = {
    "availabilityZone": Opaque.COMPUTED,
    "availabilityZoneId": Opaque.COMPUTED,
}
_OTHERS: Final = (subnet("c", "10.0.2.0/24"), subnet("d", "10.0.3.0/24", "eu-west-1b"))
ELSEWHERE: Final = changed(PRIVATE, *_OTHERS, interface_endpoint("sqs", subnetIds=[ref("c"), ref("d")]))
_NOT_ATTACHED: Final = violation(ATTACHED, "sqs")
_S3_NOT_ATTACHED: Final = violation(ATTACHED, "s3")

_WHERE: Final[tuple[Row, ...]] = (
    _row(89, "S3 by gateway has no private DNS, no group, no subnet", PRIVATE),
    _row(90, "S3, type left out", without(PRIVATE, "vpcEndpointType", of="s3")),
    _row(91, "S3 by interface with private DNS", changed(PRIVATE, S3_BY_INTERFACE)),
    _row(
        91,
        "S3 by interface with private DNS, and a gateway on no table",
        changed(PRIVATE, S3_BY_INTERFACE, endpoint("s3-gateway", serviceName="com.amazonaws.eu-west-1.s3")),
    ),
    _row(
        91,
        "S3 by interface without private DNS",
        changed(PRIVATE, interface_endpoint("s3", privateDnsEnabled=False)),
        advice(PRIVATE_DNS, "s3"),
    ),
    _row(
        91,
        "S3 by interface without private DNS, and a gateway",
        changed(
            PRIVATE,
            interface_endpoint("more", serviceName="com.amazonaws.eu-west-1.s3", privateDnsEnabled=False),
        ),
    ),
    _row(
        91,
        "S3 by interface with private DNS for those outside alone, and a gateway",
        changed(
            PRIVATE,
            interface_endpoint(
                "more",
                serviceName="com.amazonaws.eu-west-1.s3",
                securityGroupIds=[],
                dnsOptions={"privateDnsOnlyForInboundResolverEndpoint": True},
            ),
        ),
    ),
    *(
        replace(
            _row(
                92,
                f"the type of {service} left out",
                without(PRIVATE, "vpcEndpointType", of=service),
                violation(ATTACHED, service),
                certain=(service,),
            ),
        )
        for service in INTERFACE_SERVICES
    ),
    _row(
        92,
        "the type not known yet",
        changed(PRIVATE, interface_endpoint("sqs", vpcEndpointType=Opaque.COMPUTED)),
        undetermined("sqs", "vpcEndpointType"),
        certain=("sqs",),
    ),
    _row(93, "S3 on both tables", s3(ref("private-table"), ref("table-b"))),
    _row(93, "S3 on one of two tables", s3(ref("private-table")), _S3_NOT_ATTACHED, certain=("s3",)),
    _row(93, "S3 on no table", s3(), _S3_NOT_ATTACHED),
    _row(
        93,
        "two S3 endpoints, one a table",
        changed(
            s3(ref("private-table")),
            endpoint("more", serviceName="com.amazonaws.eu-west-1.s3", routeTableIds=[ref("table-b")]),
        ),
    ),
    _row(
        94,
        "S3 on both tables by associations",
        changed(s3(), in_table("one", "private-table"), in_table("two", "table-b")),
    ),
    _row(
        94,
        "S3 on one table by itself, on the other by an association",
        changed(s3(ref("private-table")), in_table("two", "table-b")),
    ),
    _row(
        94, "S3 on one table by an association", changed(s3(), in_table("one", "table-b")), _S3_NOT_ATTACHED
    ),
    _row(
        95,
        "S3 on the main table, the subnets have their own",
        s3(ref("vpc", "mainRouteTableId")),
        _S3_NOT_ATTACHED,
        certain=("s3",),
    ),
    _row(95, "S3 on the main table, the subnets follow it", s3(ref("vpc", "mainRouteTableId"), stack=_MAIN)),
    _row(
        95,
        "S3 on the default table of the VPC, the subnets follow it",
        s3(ref("vpc", "defaultRouteTableId"), stack=_MAIN),
    ),
    _row(
        95,
        "S3 on a table that the subnets left for the main one",
        s3(ref("private-table"), stack=_MAIN),
        _S3_NOT_ATTACHED,
        certain=("s3",),
    ),
    *(
        _row(
            96,
            f"private DNS of {service} absent",
            without(PRIVATE, "privateDnsEnabled", of=service),
            violation(PRIVATE_DNS, service),
        )
        for service in INTERFACE_SERVICES
    ),
    _row(
        96,
        "private DNS false",
        changed(PRIVATE, interface_endpoint("sqs", privateDnsEnabled=False)),
        violation(PRIVATE_DNS, "sqs"),
    ),
    _row(
        96,
        "private DNS not known yet",
        changed(PRIVATE, interface_endpoint("sqs", privateDnsEnabled=Opaque.COMPUTED)),
        undetermined("sqs", "privateDnsEnabled"),
    ),
    _row(
        96,
        "a second endpoint of the service without private DNS",
        changed(
            PRIVATE,
            interface_endpoint(
                "more",
                serviceName="com.amazonaws.eu-west-1.sqs",
                privateDnsEnabled=False,
                securityGroupIds=[],
                subnetIds=[],
            ),
        ),
    ),
    _row(
        97,
        "in three subnets",
        changed(PRIVATE, *_OTHERS, interface_endpoint("sqs", subnetIds=[ref("a"), ref("b"), ref("c")])),
    ),
    *(
        _row(
            98,
            f"in one of the two: {service}",
            changed(PRIVATE, interface_endpoint(service, subnetIds=[ref("a")])),
            violation(ATTACHED, service),
            lists=SILENT,
        )
        for service in INTERFACE_SERVICES
    ),
    replace(
        _row(
            98,
            "in no subnet",
            changed(PRIVATE, interface_endpoint("sqs", subnetIds=[])),
            _NOT_ATTACHED,
        ),
    ),
    _row(
        98,
        "in one of the two, and in another of its zone",
        changed(PRIVATE, *_OTHERS, interface_endpoint("sqs", subnetIds=[ref("a"), ref("c")])),
        _NOT_ATTACHED,
        lists=SILENT,
    ),
    *_options(
        _row(99, "in other subnets that cover both zones", ELSEWHERE, advice(ATTACHED, "sqs"), lists=SILENT),
        ATTACHED,
        refuse=_NOT_ATTACHED,
        certain=("sqs.subnetIds",),
    ),
    *_options(
        _row(
            99,
            "in one of the two, and in another of the other zone",
            changed(PRIVATE, *_OTHERS, interface_endpoint("sqs", subnetIds=[ref("a"), ref("d")])),
            advice(ATTACHED, "sqs"),
            lists=SILENT,
        ),
        ATTACHED,
        refuse=_NOT_ATTACHED,
        certain=("sqs.subnetIds",),
    ),
    *_options(
        _row(
            99,
            "in other subnets of one zone",
            changed(
                PRIVATE,
                subnet("c", "10.0.2.0/24"),
                subnet("d", "10.0.3.0/24"),
                interface_endpoint("sqs", subnetIds=[ref("c"), ref("d")]),
            ),
            _NOT_ATTACHED,
            lists=SILENT,
        ),
        ATTACHED,
        refuse=_NOT_ATTACHED,
        accept=_NOT_ATTACHED,
        certain=("sqs.subnetIds",),
    ),
    replace(
        _row(
            99,
            "in one of the two, and in one that something else makes",
            changed(
                PRIVATE,
                _FOREIGN,
                interface_endpoint("sqs", subnetIds=[ref("a"), _OF_FOREIGN]),
            ),
            lists=SILENT,
        ),
        preview=undetermined("sqs", "subnetIds[0]"),
    ),
    Row(
        number=99,
        sentence="in other subnets whose zones are not known yet",
        stack=changed(
            PRIVATE,
            subnet("c", "10.0.2.0/24", None, **_NO_ZONE),
            subnet("d", "10.0.3.0/24", None, **_NO_ZONE),
            interface_endpoint("sqs", subnetIds=[ref("c"), ref("d")]),
        ),
        verdict=undetermined("c", "availabilityZone"),
        lists=SILENT,
    ),
    _row(
        99,
        "in subnets by id",
        changed(PRIVATE, interface_endpoint("sqs", subnetIds=["subnet-0c", "subnet-0d"])),
    ),
    _row(
        99,
        "in fewer subnets by id",
        changed(PRIVATE, interface_endpoint("sqs", subnetIds=["subnet-0c"])),
        _NOT_ATTACHED,
    ),
    _row(
        100,
        "in both subnets by associations",
        changed(
            PRIVATE, interface_endpoint("sqs", subnetIds=None), in_subnet("one", "a"), in_subnet("two", "b")
        ),
    ),
    _row(
        100,
        "in one subnet by itself, in the other by an association",
        changed(PRIVATE, interface_endpoint("sqs", subnetIds=[ref("a")]), in_subnet("two", "b")),
    ),
    _row(
        100,
        "in one subnet by an association",
        changed(PRIVATE, interface_endpoint("sqs", subnetIds=None), in_subnet("one", "a")),
        _NOT_ATTACHED,
    ),
)

_FROM_GROUP: Final = line(443, securityGroups=[ref("group")])
_FROM_VPC: Final = line(443, cidrBlocks=["10.0.0.0/16"])
_BY_OWN: Final = advice(REFUSES, "sqs")
_REFUSED: Final = violation(REFUSES, "sqs")


def guarded(*groups: Written, more: Iterable[Made] = ()) -> tuple[Made, ...]:
    """Return a network whose SQS endpoint carries these groups."""
    return changed(PRIVATE, interface_endpoint("sqs", securityGroupIds=list(groups)), *more)


def _own_lines(sentence: str, *lines: Written, verdict: Verdict, preview: Verdict | None = None) -> Row:
    """Return a row of an endpoint whose own group lets in by these lines."""
    stack = guarded(ref("own"), more=[_FOREIGN, group("own", *lines)])
    row = _row(103, f"own group that lets in {sentence}", stack, verdict, lists=SILENT)
    return replace(row, preview=preview)


def _associated(name: str, **inputs: Written) -> Made:
    return tie("SecurityGroupAssociation", name, "sqs", **inputs)


_OWN_UNTOLD: Final = undetermined("own", "ingress[0].securityGroups[0]")
_GROUPS_OPEN: Final = undetermined("env", "networkConfiguration.securityGroupIds")
_GROUP_LISTS: Final = tuple(f"{each}.securityGroupIds" for each in INTERFACE_SERVICES)


def _of_default(*services: str) -> tuple[Made, ...]:
    """Return a network whose environment has the VPC's default group, and these endpoints no word of any."""
    network: dict[str, Written] = {
        "subnetIds": [ref("a"), ref("b")],
        "securityGroupIds": [ref("vpc", "defaultSecurityGroupId")],
    }
    return changed(
        PRIVATE,
        made("mwaa/environment:Environment", "env", networkConfiguration=network),
        *(interface_endpoint(each, securityGroupIds=None) for each in services),
    )


_TWO_GROUPS: Final = environment(["a", "b"], ["group", "second"])

_WHOM: Final[tuple[Row, ...]] = (
    _row(101, "the environment's group and others", guarded(ref("group"), ref("own"), more=[group("own")])),
    *_options(
        _row(
            102,
            "own group, from the environment's",
            guarded(ref("own"), more=[group("own", _FROM_GROUP)]),
            _BY_OWN,
            lists=SILENT,
        ),
        REFUSES,
        refuse=_REFUSED,
    ),
    *_options(
        _row(
            102,
            "own group, from the VPC's block",
            guarded(ref("own"), more=[group("own", _FROM_VPC)]),
            _BY_OWN,
            lists=SILENT,
        ),
        REFUSES,
        refuse=_REFUSED,
    ),
    _row(
        102,
        "own group, from each subnet's block by a rule of its own",
        guarded(
            ref("own"),
            more=[
                group("own"),
                made(_RULE, "one", securityGroupId=ref("own"), cidrIpv4="10.0.0.0/24", **_HTTPS),
                made(_RULE, "two", securityGroupId=ref("own"), cidrIpv4="10.0.1.0/24", **_HTTPS),
            ],
        ),
        _BY_OWN,
        lists=SILENT,
    ),
    _row(
        102,
        "two own groups, one a subnet",
        guarded(
            ref("own"),
            ref("more"),
            more=[
                group("own", line(443, cidrBlocks=["10.0.0.0/24"])),
                group("more", line(443, cidrBlocks=["10.0.1.0/24"])),
            ],
        ),
        _BY_OWN,
        lists=SILENT,
    ),
    _row(
        103,
        "own group without rules",
        guarded(ref("own"), more=[group("own")]),
        _REFUSED,
        lists=SILENT,
    ),
    replace(
        _row(
            103,
            "own group without rules, and one that something else makes",
            guarded(ref("own"), _OF_FOREIGN, more=[group("own"), _FOREIGN]),
            lists=SILENT,
        ),
        preview=undetermined("sqs", "securityGroupIds[0]"),
    ),
    _row(
        103,
        "own group that lets in one of the subnets",
        guarded(ref("own"), more=[group("own", line(443, cidrBlocks=["10.0.0.0/24"]))]),
        _REFUSED,
        lists=SILENT,
    ),
    _row(
        103,
        "own group that lets in another port",
        guarded(ref("own"), more=[group("own", line(80, cidrBlocks=["10.0.0.0/16"]))]),
        _REFUSED,
        lists=SILENT,
    ),
    _row(
        103,
        "own group that lets in itself",
        guarded(ref("own"), more=[group("own", line(443, self=True))]),
        _REFUSED,
        lists=SILENT,
    ),
    _row(
        103,
        "own group that lets in by UDP",
        guarded(
            ref("own"),
            more=[group("own", {**_FROM_VPC, "protocol": "udp"})],
        ),
        _REFUSED,
        lists=SILENT,
    ),
    _own_lines(
        "one that something else makes, and the environment's by another port",
        line(443, securityGroups=[_OF_FOREIGN]),
        line(80, securityGroups=[ref("group")]),
        verdict=_REFUSED,
        preview=_OWN_UNTOLD,
    ),
    _own_lines(
        "the environment's, and by another port a block that something else makes",
        _FROM_GROUP,
        line(80, cidrBlocks=[_OF_FOREIGN]),
        verdict=_BY_OWN,
    ),
    *(
        _own_lines(
            f"the environment's, beside a block that something else makes and {sentence} not known yet",
            _FROM_GROUP,
            line(80, cidrBlocks=[_OF_FOREIGN]),
            untold,
            verdict=_BY_OWN,
            preview=_OWN_UNTOLD,
        )
        for sentence, untold in (
            ("groups", line(22, securityGroups=Opaque.COMPUTED)),
            ("a line", Opaque.COMPUTED),
        )
    ),
    _row(
        103,
        "own group with a rule from a block not known yet",
        guarded(ref("own"), more=[group("own", line(443, cidrBlocks=[Opaque.COMPUTED]))]),
        undetermined("own", "ingress[0].cidrBlocks[0]"),
        lists=SILENT,
    ),
    _row(103, "a group by id", guarded("sg-0abc")),
    _row(
        103,
        "a prefix list by id lets in",
        guarded(ref("own"), more=[group("own", line(443, prefixListIds=["pl-0abc"]))]),
        certain=("sqs.securityGroupIds",),
    ),
    _row(104, "no group", guarded(), _REFUSED),
    _row(104, "no group, and the environment carries the default group", _of_default(*INTERFACE_SERVICES)),
    _row(
        104,
        "no group, and the default group lets in the VPC",
        changed(
            guarded(),
            made(
                "ec2/defaultSecurityGroup:DefaultSecurityGroup",
                "default",
                vpcId=ref("vpc"),
                ingress=[_FROM_VPC],
            ),
        ),
        _BY_OWN,
    ),
    _row(
        105,
        "the environment has two groups, the endpoint one of them",
        changed(PRIVATE, group("second", line(443, self=True)), _TWO_GROUPS),
        lists=_GROUPS_OPEN,
        certain=_GROUP_LISTS,
    ),
    _row(
        105,
        "the environment has two groups, the endpoint the one that lets nobody in",
        changed(guarded(ref("second")), group("second"), _TWO_GROUPS),
        _REFUSED,
        lists=_GROUPS_OPEN,
        certain=_GROUP_LISTS,
    ),
    _row(
        105,
        "the endpoint has the environment's group, which lets nobody in",
        changed(PRIVATE, without=["self"]),
        violation(SELF, "group"),
    ),
)

DATABASE_SERVICE: Final = ref("env", "databaseVpcEndpointService")
WEB_SERVER_SERVICE: Final = ref("env", "webserverVpcEndpointService")


def environment_of(**inputs: Written) -> Made:
    """Return the environment with some properties changed."""
    env = environment(["a", "b"], ["group"])
    return replace(env, inputs={**env.inputs, **inputs})


def customer(*resources: Made, stack: tuple[Made, ...] = PRIVATE, **inputs: Written) -> tuple[Made, ...]:
    """Return a network whose environment leaves its endpoints to the customer."""
    given: dict[str, Written] = {"endpointManagement": "CUSTOMER", **inputs}
    return changed(stack, environment_of(**given), *resources)


def own(name: str, service: Written, **inputs: Written) -> Made:
    """Return the customer's endpoint of a part of the environment."""
    return interface_endpoint(name, **{"serviceName": service, "privateDnsEnabled": False, **inputs})


CUSTOMER_ENDPOINTS: Final = (own("database", DATABASE_SERVICE), own("web", WEB_SERVER_SERVICE))
_PENDING: Final = advice(CUSTOMER, "env")


def _customer(
    sentence: str,
    stack: tuple[Made, ...],
    verdict: Verdict = SILENT,
    *,
    lists: Verdict | None = None,
    certain: tuple[str, ...] = (),
) -> Row:
    return _row(106, sentence, stack, verdict, lists=lists, certain=certain)


_CUSTOMERS: Final[tuple[Row, ...]] = (
    _customer("both endpoints", customer(*CUSTOMER_ENDPOINTS)),
    _customer("the service makes them", customer(endpointManagement="SERVICE"), SILENT),
    _customer("none of them", customer(), _PENDING),
    _customer("the database's alone", customer(CUSTOMER_ENDPOINTS[0]), _PENDING),
    _customer("the web server's alone", customer(CUSTOMER_ENDPOINTS[1]), _PENDING),
    _customer(
        "the database's alone, and the web server is public alone",
        customer(CUSTOMER_ENDPOINTS[0], webserverAccessMode="PUBLIC_ONLY"),
        SILENT,
    ),
    _customer(
        "the database's alone, and the web server is public and private",
        customer(CUSTOMER_ENDPOINTS[0], webserverAccessMode="PUBLIC_AND_PRIVATE"),
        _PENDING,
    ),
    _customer("in a network with a way out", customer(*CUSTOMER_ENDPOINTS, stack=PUBLIC)),
    _customer("in a VPC by its id", customer(stack=outside()), SILENT),
    _customer(
        "the type left out",
        without(customer(*CUSTOMER_ENDPOINTS), "vpcEndpointType", of="database"),
        violation(CUSTOMER, "database"),
        certain=("database",),
    ),
    _customer(
        "in one of the environment's subnets",
        customer(own("database", DATABASE_SERVICE, subnetIds=[ref("a")]), CUSTOMER_ENDPOINTS[1]),
        violation(CUSTOMER, "database"),
        certain=("database.subnetIds",),
    ),
    _customer(
        "in other subnets",
        customer(
            *_OTHERS, own("database", DATABASE_SERVICE, subnetIds=[ref("c"), ref("d")]), CUSTOMER_ENDPOINTS[1]
        ),
        violation(CUSTOMER, "database"),
        certain=("database.subnetIds",),
    ),
    _customer(
        "a group that lets the environment in",
        customer(
            own("database", DATABASE_SERVICE, securityGroupIds=[ref("own")]),
            CUSTOMER_ENDPOINTS[1],
            group("own", line(5432, securityGroups=[ref("group")]), _FROM_GROUP),
        ),
        SILENT,
    ),
    _customer(
        "a group that shuts the environment out",
        customer(
            own("database", DATABASE_SERVICE, securityGroupIds=[ref("own")]),
            CUSTOMER_ENDPOINTS[1],
            group("own"),
        ),
        violation(CUSTOMER, "database"),
        lists=SILENT,
    ),
    Row(
        number=106,
        sentence="a group that lets in at the other part's port",
        stack=customer(
            own("database", DATABASE_SERVICE, securityGroupIds=[ref("own")]),
            CUSTOMER_ENDPOINTS[1],
            group("own", _FROM_VPC),
        ),
        verdict=violation(CUSTOMER, "database"),
        preview=undetermined("database", "serviceName"),
        lists=SILENT,
    ),
    _customer(
        "management not known yet",
        customer(endpointManagement=Opaque.COMPUTED),
        undetermined("env", "endpointManagement"),
    ),
    _customer(
        "the access mode not known yet, the database's alone",
        customer(CUSTOMER_ENDPOINTS[0], webserverAccessMode=Opaque.COMPUTED),
        undetermined("env", "webserverAccessMode"),
    ),
    _customer(
        "the type not known yet",
        customer(own("database", DATABASE_SERVICE, vpcEndpointType=Opaque.COMPUTED), CUSTOMER_ENDPOINTS[1]),
        undetermined("database", "vpcEndpointType"),
        certain=("database",),
    ),
)

_OFF: Final = violation(DNS, "vpc")
_ADVISED: Final = advice(DNS, "vpc")
_DNS: Final[tuple[Row, ...]] = (
    _row(144, "DNS hostnames absent, private routing", changed(PRIVATE, vpc()), _OFF),
    _row(144, "DNS hostnames false, private routing", changed(PRIVATE, vpc(enableDnsHostnames=False)), _OFF),
    _row(144, "DNS hostnames absent, public routing", changed(PUBLIC, vpc()), _ADVISED),
    _row(
        144,
        "DNS hostnames not known yet",
        changed(PRIVATE, vpc(enableDnsHostnames=Opaque.COMPUTED)),
        undetermined("vpc", "enableDnsHostnames"),
    ),
    _row(
        145,
        "DNS support false, private routing",
        changed(PRIVATE, vpc(enableDnsHostnames=True, enableDnsSupport=False)),
        _OFF,
    ),
    _row(
        145,
        "DNS support false, public routing",
        changed(PUBLIC, vpc(enableDnsHostnames=True, enableDnsSupport=False)),
        _OFF,
    ),
    _row(145, "both off", changed(PUBLIC, vpc(enableDnsSupport=False)), _OFF),
    _row(146, "another VPC of the stack without hostnames", changed(PRIVATE, vpc("other"))),
    _row(146, "a VPC by id", outside()),
    _row(
        147, "the default VPC, attribute absent", changed(PRIVATE, made("ec2/defaultVpc:DefaultVpc", "vpc"))
    ),
    _row(
        147,
        "the default VPC, attribute false",
        changed(PRIVATE, made("ec2/defaultVpc:DefaultVpc", "vpc", enableDnsHostnames=False)),
        _OFF,
    ),
)


def private_dns(*, of: Written = None, enabled: Written = True) -> Made:
    """Return a resource of its own for an endpoint's private DNS, SQS's unless stated."""
    return made(
        "vpc/endpointPrivateDns:EndpointPrivateDns",
        "dns",
        vpcEndpointId=ref("sqs") if of is None else of,
        privateDnsEnabled=enabled,
    )


_WITHOUT_WORD: Final = without(PRIVATE, "privateDnsEnabled", of="sqs")
TWIN: Final = interface_endpoint("twin", serviceName="com.amazonaws.eu-west-1.sqs")
UNNAMED_TWIN: Final = replace(TWIN, inputs={**TWIN.inputs, "privateDnsEnabled": None})
_BY_RESOURCES: Final[tuple[Row, ...]] = (
    _row(159, "private DNS by a resource of its own", changed(_WITHOUT_WORD, private_dns())),
    _row(
        159,
        "private DNS off by a resource of its own",
        changed(_WITHOUT_WORD, private_dns(enabled=False)),
        violation(PRIVATE_DNS, "sqs"),
    ),
    _row(
        159,
        "private DNS by a resource of its own, for another endpoint",
        changed(_WITHOUT_WORD, private_dns(of=ref("kms"))),
        violation(PRIVATE_DNS, "sqs"),
    ),
    _row(159, "private DNS said twice alike", changed(PRIVATE, private_dns())),
    _row(
        159,
        "private DNS said twice, and differently",
        changed(PRIVATE, private_dns(enabled=False)),
        undetermined("dns", "privateDnsEnabled"),
    ),
    _row(
        159,
        "private DNS by a resource of an endpoint not known yet",
        changed(_WITHOUT_WORD, private_dns(of=Opaque.COMPUTED)),
        undetermined("dns", "vpcEndpointId"),
    ),
    *(
        _row(
            159,
            f"two endpoints of one service with private DNS, {name} routing",
            changed(stack, interface_endpoint("sqs"), TWIN),
            violation(DNS_TWICE, "twin"),
            certain=("sqs",) if stack is PUBLIC else (),
        )
        for name, stack in (("private", PRIVATE), ("public", PUBLIC))
    ),
    _row(
        160,
        "a group by an association, beside the default group",
        changed(guarded(), _associated("tie", securityGroupId=ref("group"))),
    ),
    _row(
        160,
        "a group by an association, in place of the default group",
        changed(guarded(), _associated("tie", securityGroupId=ref("group"), replaceDefaultAssociation=True)),
    ),
    _row(
        160,
        "an own group by an association, in place of the default group",
        changed(
            guarded(),
            _associated("tie", securityGroupId=ref("own"), replaceDefaultAssociation=True),
            group("own", _FROM_VPC),
        ),
        _BY_OWN,
    ),
    _row(
        160,
        "another group by an association, in place of the default group that the environment has",
        changed(
            _of_default(*INTERFACE_SERVICES),
            _associated("tie", securityGroupId=ref("group"), replaceDefaultAssociation=True),
        ),
        _REFUSED,
    ),
    _row(
        160,
        "another group by an association, beside the default group that the environment has",
        changed(_of_default(*INTERFACE_SERVICES), _associated("tie", securityGroupId=ref("group"))),
    ),
)

_LOST: Final = tuple(
    replace(each, inputs={**each.inputs, "vpcId": Opaque.COMPUTED}) for each in PRIVATE if each.name in "ab"
)
_UNKNOWN_ROUTE: Final = made(
    "ec2/route:Route",
    "out",
    routeTableId=ref("private-table"),
    destinationCidrBlock="0.0.0.0/0",
    gatewayId=Opaque.COMPUTED,
)
_ASKED_ROUTE: Final = undetermined("out", "gatewayId")


def _unseen(number: int, sentence: str, stack: tuple[Made, ...], verdict: Verdict) -> Row:
    """Return a row about a network whose routing, or whose VPC, is the first question."""
    return replace(_row(number, sentence, stack, verdict), attached=False)


_OPEN: Final[tuple[Row, ...]] = (
    _unseen(
        81,
        "the VPC of the subnets is not known yet",
        changed(PRIVATE, *_LOST),
        undetermined("a", "vpcId") | undetermined("b", "vpcId"),
    ),
    _unseen(
        144,
        "the VPC of the subnets is not known yet, and one of the stack has no hostnames",
        changed(PRIVATE, *_LOST, vpc()),
        undetermined("a", "vpcId") | undetermined("b", "vpcId"),
    ),
    _row(
        86,
        "the Region of the environment is not known yet",
        changed(PRIVATE, environment_of(region=Opaque.COMPUTED)),
        undetermined("env", "region"),
    ),
    _unseen(
        81,
        "the routing is not known yet, and an endpoint is missing",
        changed(PRIVATE, _UNKNOWN_ROUTE, without=["kms"]),
        _ASKED_ROUTE,
    ),
    _unseen(
        144,
        "the routing is not known yet, and hostnames are off",
        changed(PRIVATE, _UNKNOWN_ROUTE, vpc()),
        _ASKED_ROUTE,
    ),
    _unseen(
        145,
        "the routing is not known yet, and DNS support is off",
        changed(PRIVATE, _UNKNOWN_ROUTE, vpc(enableDnsSupport=False)),
        _OFF | _ASKED_ROUTE,
    ),
    _row(
        159,
        "a second endpoint with private DNS, in a VPC not known yet",
        changed(
            PRIVATE,
            interface_endpoint("twin", serviceName="com.amazonaws.eu-west-1.sqs", vpcId=Opaque.COMPUTED),
        ),
        undetermined("twin", "vpcId"),
    ),
    _row(
        159,
        "a second endpoint with private DNS, in another VPC",
        changed(
            PRIVATE,
            vpc("other"),
            interface_endpoint("twin", serviceName="com.amazonaws.eu-west-1.sqs", vpcId=ref("other")),
        ),
    ),
    _customer(
        "an endpoint of the environment in a VPC not known yet",
        customer(own("database", DATABASE_SERVICE, vpcId=Opaque.COMPUTED), CUSTOMER_ENDPOINTS[1]),
        undetermined("database", "vpcId"),
    ),
    _customer(
        "an endpoint of a name not known yet",
        customer(own("database", Opaque.COMPUTED), CUSTOMER_ENDPOINTS[1]),
        undetermined("database", "serviceName"),
        certain=("database",),
    ),
    _customer(
        "an endpoint of the environment in another VPC",
        customer(
            vpc("other"),
            own("database", DATABASE_SERVICE, vpcId=ref("other"), subnetIds=[]),
            CUSTOMER_ENDPOINTS[1],
        ),
        _PENDING | violation(CUSTOMER, "database"),
    ),
    Row(
        number=106,
        sentence="an endpoint of others, while the environment's are not known yet",
        stack=customer(own("database", "com.amazonaws.vpce.eu-west-1.vpce-svc-0ffff"), CUSTOMER_ENDPOINTS[1]),
        verdict=_PENDING,
        preview=SILENT,
        certain=("database",),
    ),
)


_DECLARED_TAGS: Final[dict[str, Written]] = {"mwaa:environment": "airflow", "mwaa:routing": "private"}


def declared(stack: tuple[Made, ...], *names: str) -> tuple[Made, ...]:
    """Return a network that tags on some of its parts declare, without the environment."""
    return tuple(
        replace(each, inputs={**each.inputs, "tags": _DECLARED_TAGS}) if each.name in names else each
        for each in stack
        if each.name != "env"
    )


_DECLARED: Final[tuple[Row, ...]] = (
    _row(149, "declared private, as the guide has it", declared(PRIVATE, "a", "b", "group")),
    _row(
        149,
        "declared private, no endpoint",
        declared(changed(PRIVATE, without=FIVE), "a", "b", "group"),
        LACKING,
    ),
    replace(
        _row(
            149,
            "only subnets declared, and groups of the endpoints that shut out everybody",
            declared(guarded(ref("own"), more=[group("own")]), "a", "b"),
            certain=_GROUP_LISTS,
        ),
    ),
    _row(
        149,
        "VPC by id, declared private, no endpoint in the stack",
        declared(outside(drop=FIVE), "a", "b", "group"),
    ),
    _row(
        85,
        "VPC by id, declared private, four of five in the stack",
        declared(outside(drop=["kms"]), "a", "b", "group"),
        advice(MISSING, "a"),
    ),
)

ROWS: Final[tuple[Row, ...]] = (
    *_WHICH,
    *_WHERE,
    *_WHOM,
    *_CUSTOMERS,
    *_DNS,
    *_BY_RESOURCES,
    *_OPEN,
    *_DECLARED,
)
