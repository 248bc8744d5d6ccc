"""What users read, letter by letter."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.findings import Failure
from mwaa_guardrails.messages import failure_text, finding_text, question_texts, remediation_text
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.native_networks import (
    native_association,
    native_interface_endpoint,
    native_rule,
    right_native_network,
    right_private_native_network,
)
from tests.policy_pack.networks import (
    ALL_IPV4,
    INTERFACE_SERVICES,
    changed,
    entry,
    environment,
    hub,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes import endpoints as ends
from tests.policy_pack.shapes import network_acls as acls
from tests.policy_pack.shapes import policies
from tests.policy_pack.shapes import security_groups as groups
from tests.policy_pack.shapes.subnets import route, subnet, table, tie
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, native, ref, render

GOLDEN = Path(__file__).parent / "golden"
REPOSITORY = Path(__file__).parents[2]
RIGHT = right_network()
NATIVE = right_native_network()
NATIVE_PRIVATE = right_private_native_network()
PRIVATE = right_private_network()
_EGRESS: dict[str, Written] = {**groups.ALL_OUT, "type": "egress"}
# What AWS CDK writes where nothing may leave.
NOTHING: Written = {"ipProtocol": "icmp", "cidrIp": "255.255.255.255/32", "fromPort": 252, "toPort": 86}
_RULE = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_TAGS: dict[str, Written] = {"mwaa:environment": "airflow"}


SQS_AS_IN_CLOUDFORMATION: dict[str, Written] = {
    "ServiceName": "com.amazonaws.eu-west-1.sqs",
    "VpcEndpointType": "Interface",
}


def _without_acl(*added: Made) -> tuple[Made, ...]:
    return changed(RIGHT, *added, without=("acl", "in", "out"))


MESSAGES = {
    "no-endpoint-for-two-services": changed(PRIVATE, without=("kms", "sqs")),
    "no-endpoint-for-s3": changed(PRIVATE, without=("s3",)),
    "native-network-without-an-endpoint": changed(NATIVE_PRIVATE, without=("s3", "kms")),
    "four-endpoints-in-a-vpc-by-id": ends.outside(drop=["kms"]),
    "no-endpoint-for-one-service-and-one-of-a-name-not-known": changed(
        PRIVATE,
        interface_endpoint("kms", serviceName=Opaque.COMPUTED, privateDnsEnabled=False),
        without=("sqs",),
    ),
    "endpoint-of-a-name-not-known": changed(PRIVATE, interface_endpoint("kms", serviceName=Opaque.COMPUTED)),
    "endpoint-without-private-dns": ends.without(PRIVATE, "privateDnsEnabled", of="sqs"),
    "endpoint-without-private-dns-in-aws-native": changed(
        NATIVE_PRIVATE, native_interface_endpoint("sqs", privateDnsEnabled=False)
    ),
    "endpoint-without-private-dns-by-a-resource-of-its-own": changed(
        ends.without(PRIVATE, "privateDnsEnabled", of="sqs"), ends.private_dns(enabled=False)
    ),
    "endpoint-in-cloud-control-without-all-that-it-needs": changed(
        ends.outside(),
        made(
            "cloudcontrol/resource:Resource",
            "sqs",
            typeName="AWS::EC2::VPCEndpoint",
            desiredState=json.dumps({**SQS_AS_IN_CLOUDFORMATION, "VpcId": "vpc-0abc"}),
        ),
    ),
    "endpoint-in-an-extension-resource-without-all-that-it-needs": changed(
        NATIVE_PRIVATE,
        native(
            "index:ExtensionResource",
            "sqs",
            type="AWS::EC2::VPCEndpoint",
            properties={**SQS_AS_IN_CLOUDFORMATION, "VpcId": ref("vpc")},
        ),
    ),
    "s3-by-interface-without-private-dns": changed(
        PRIVATE, interface_endpoint("s3", privateDnsEnabled=False)
    ),
    "s3-by-interface-with-private-dns-for-those-outside": changed(
        PRIVATE,
        interface_endpoint("s3", dnsOptions={"privateDnsOnlyForInboundResolverEndpoint": True}),
    ),
    "native-s3-by-interface-with-private-dns-for-those-outside": changed(
        NATIVE_PRIVATE,
        native_interface_endpoint(
            "s3", dnsOptions={"privateDnsOnlyForInboundResolverEndpoint": "OnlyInboundResolver"}
        ),
    ),
    "endpoint-in-one-of-two-subnets": changed(PRIVATE, interface_endpoint("sqs", subnetIds=[ref("a")])),
    "endpoint-in-no-subnet": changed(PRIVATE, interface_endpoint("sqs", subnetIds=None)),
    "endpoint-in-one-subnet-by-an-association": changed(
        PRIVATE, interface_endpoint("sqs", subnetIds=None), ends.in_subnet("one", "a")
    ),
    "endpoint-in-other-subnets-of-the-same-zones": ends.ELSEWHERE,
    "s3-endpoint-on-one-of-two-tables": ends.s3(ref("private-table")),
    "s3-endpoint-on-one-table-by-an-association": changed(ends.s3(), ends.in_table("one", "table-b")),
    "s3-endpoint-on-the-main-table": ends.s3(ref("vpc", "mainRouteTableId")),
    "endpoint-without-a-type": ends.without(PRIVATE, "vpcEndpointType", of="sqs"),
    "endpoint-with-a-group-that-lets-nobody-in": ends.guarded(ref("own"), more=[ends.group("own")]),
    "endpoint-with-the-default-group": ends.guarded(),
    "endpoint-with-a-group-of-its-own": ends.guarded(
        ref("own"), more=[ends.group("own", groups.LINE_FROM_VPC)]
    ),
    "dns-hostnames-left-out-with-private-routing": changed(PRIVATE, ends.vpc()),
    "dns-hostnames-left-out-with-public-routing": changed(RIGHT, ends.vpc()),
    "dns-support-off-with-public-routing": changed(
        RIGHT, ends.vpc(enableDnsHostnames=True, enableDnsSupport=False)
    ),
    "private-dns-claimed-twice": changed(PRIVATE, ends.TWIN),
    "private-dns-claimed-twice-by-a-resource-of-its-own": changed(
        PRIVATE, ends.UNNAMED_TWIN, ends.private_dns(of=ref("twin"))
    ),
    "customer-endpoints-that-are-not-there": ends.customer(),
    "customer-endpoint-that-is-not-there": ends.customer(ends.own("database", ends.DATABASE_SERVICE)),
    "customer-endpoint-of-a-name-not-known": ends.customer(ends.own("database", Opaque.COMPUTED)),
    "customer-endpoint-without-a-type": ends.without(
        ends.customer(*ends.CUSTOMER_ENDPOINTS), "vpcEndpointType", of="database"
    ),
    "customer-endpoint-in-one-subnet": ends.customer(
        *ends.CUSTOMER_ENDPOINTS, ends.own("web", ends.WEB_SERVER_SERVICE, subnetIds=[ref("b")])
    ),
    "customer-endpoint-with-a-group-that-lets-nobody-in": ends.customer(
        *ends.CUSTOMER_ENDPOINTS,
        ends.own("database", ends.DATABASE_SERVICE, securityGroupIds=[ref("own")]),
        ends.group("own"),
    ),
    "acl-entry-denies-one-port": changed(
        RIGHT,
        entry("deny", 90, egress=False, protocol="tcp", fromPort=5432, toPort=5432, ruleAction="deny"),
    ),
    "acl-has-no-entry": changed(RIGHT, without=("in", "out")),
    "acl-first-number-denies": changed(
        RIGHT,
        entry("deny", 1, egress=True, protocol="17", ruleAction="deny", fromPort=0, toPort=53),
        entry("deny-all", 2, egress=True, ruleAction="deny"),
        entry("out", 3, egress=True),
        entry("free", 1, egress=True, cidrBlock="10.9.0.0/16"),
        without=("deny",),
    ),
    "default-acl-adopted-with-tags-only": _without_acl(
        made(
            "ec2/defaultNetworkAcl:DefaultNetworkAcl",
            "default",
            defaultNetworkAclId=ref("vpc", "defaultNetworkAclId"),
        )
    ),
    "acl-lets-replies-in-on-linux-ports-only": changed(
        RIGHT,
        entry("in", 100, egress=False, protocol="tcp", fromPort=32768, toPort=60999),
        entry("in-443", 110, egress=False, protocol="tcp", fromPort=443, toPort=443),
        entry("in-5432", 120, egress=False, protocol="tcp", fromPort=5432, toPort=5432),
    ),
    "entry-on-the-default-acl-denies": _without_acl(
        entry(
            "deny",
            50,
            egress=False,
            ruleAction="deny",
            networkAclId=ref("vpc", "defaultNetworkAclId"),
        )
    ),
    "default-group-adopted-without-rules": changed(
        RIGHT,
        made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "group", vpcId=ref("vpc")),
        without=("self",),
    ),
    "group-without-rule": changed(RIGHT, without=("self",)),
    "groups-that-let-one-another-in": changed(
        RIGHT,
        made("ec2/securityGroup:SecurityGroup", "other", vpcId=ref("vpc")),
        made(
            _RULE,
            "self",
            securityGroupId=ref("group"),
            referencedSecurityGroupId=ref("other"),
            ipProtocol="-1",
        ),
        made(
            _RULE,
            "back",
            securityGroupId=ref("other"),
            referencedSecurityGroupId=ref("group"),
            ipProtocol="-1",
        ),
        environment(["a", "b"], ["group", "other"]),
    ),
    "group-without-rule-beside-older-rules": changed(
        RIGHT,
        groups.older("rule", **{**groups.ALL_OUT, "type": "egress"}),
        without=("self", "outbound"),
    ),
    "group-with-inline-rules-lacks-one": changed(
        RIGHT, groups.inline(groups.LINE_FROM_VPC), without=("self",)
    ),
    "no-outbound-rule": changed(RIGHT, without=("outbound",)),
    "no-outbound-rule-in-an-adopted-default-group": changed(
        RIGHT, groups.adopted(ingress=[{**groups.LINE, "self": True}]), without=("self", "outbound")
    ),
    "no-outbound-rule-of-the-older-kind": changed(
        RIGHT, groups.older("self", **groups.LINE, self=True), without=("outbound",)
    ),
    "outbound-to-the-vpc-alone-with-public-routing": changed(RIGHT, groups.TO_VPC, without=("outbound",)),
    "outbound-to-the-vpc-alone-with-private-routing": changed(PRIVATE, groups.TO_VPC, without=("outbound",)),
    "outbound-to-itself-alone-with-private-routing": changed(
        PRIVATE,
        groups.group("own", ingress=[groups.LINE_FROM_VPC]),
        *(interface_endpoint(each, securityGroupIds=[ref("own")]) for each in INTERFACE_SERVICES),
        groups.TO_ITSELF,
        without=("outbound",),
    ),
    "outbound-tcp-alone": changed(
        RIGHT, groups.out("outbound", cidrIpv4=ALL_IPV4, ipProtocol="tcp", fromPort=0, toPort=65535)
    ),
    "outbound-to-a-list-of-public-addresses": changed(
        RIGHT, groups.TO_VPC, groups.out("outbound", cidrIpv4="52.0.0.0/8", **groups.HTTPS)
    ),
    "native-group-without-outbound": changed(
        RIGHT,
        native(
            "ec2:SecurityGroup",
            "group",
            groupDescription="g",
            vpcId=ref("vpc"),
            securityGroupEgress=[NOTHING],
        ),
        without=("outbound",),
    ),
    "group-in-cloud-control-without-a-rule": changed(
        RIGHT,
        made(
            "cloudcontrol/resource:Resource",
            "group",
            typeName="AWS::EC2::SecurityGroup",
            desiredState=json.dumps(
                {
                    "GroupDescription": "g",
                    "VpcId": "vpc-0abc",
                    "SecurityGroupEgress": [
                        {"IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": "255.255.255.255/32"}
                    ],
                }
            ),
            properties=json.dumps({"GroupId": "sg-0123456789"}),
        ),
        made(
            "mwaa/environment:Environment",
            "env",
            networkConfiguration={"subnetIds": [ref("a"), ref("b")], "securityGroupIds": ["sg-0123456789"]},
        ),
        without=("outbound", "self"),
    ),
    "native-group-whose-own-outbound-rule-is-disputed": changed(
        RIGHT,
        native("ec2:SecurityGroup", "group", groupDescription="g", vpcId=ref("vpc")),
        native(
            "ec2:SecurityGroupEgress",
            "outbound",
            groupId=ref("group"),
            ipProtocol="icmp",
            cidrIp=ALL_IPV4,
            fromPort=-1,
            toPort=-1,
        ),
    ),
    "native-group-with-inbound-rules-inside-and-none-from-itself": changed(
        NATIVE,
        native(
            "ec2:SecurityGroup",
            "group",
            vpcId=ref("vpc"),
            securityGroupIngress=[
                {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIp": "10.0.0.0/8"}
            ],
        ),
        without=("self",),
    ),
    "native-subnet-on-the-main-table-without-a-route-to-nat": changed(NATIVE, without=("association-b",)),
    "native-s3-endpoint-beside-the-main-table": changed(NATIVE_PRIVATE, without=("association-b",)),
    "native-group-without-self": changed(
        RIGHT,
        native("ec2:SecurityGroup", "group", groupDescription="g", vpcId=ref("vpc")),
        without=("outbound", "self"),
    ),
    "group-of-another-vpc": changed(
        RIGHT,
        made("ec2/vpc:Vpc", "other", cidrBlock="10.1.0.0/16"),
        groups.group("group", vpcId=ref("other")),
    ),
    "group-of-a-vpc-by-id": changed(RIGHT, groups.group("group", vpcId="vpc-0123456789")),
    "group-with-rules-inline-and-as-resources": changed(
        RIGHT, groups.group("group", egress=[groups.ALL_OUT]), groups.older("more", **_EGRESS)
    ),
    "default-group-adopted-with-rule-resources": changed(RIGHT, groups.adopted()),
    "acl-with-entries-inline-and-as-resources": changed(RIGHT, acls.inline(ingress=[acls.line(90, "allow")])),
    "route-table-with-routes-inline-and-as-resources": changed(
        RIGHT,
        made(
            "ec2/routeTable:RouteTable",
            "private-table",
            vpcId=ref("vpc"),
            routes=[{"cidrBlock": "192.0.2.0/24", "natGatewayId": ref("nat")}],
        ),
    ),
    "acl-with-inline-entries-denies": changed(
        RIGHT, acls.inline(ingress=[acls.line(90, "deny")], egress=[acls.ALLOW]), without=("in", "out")
    ),
    "three-subnets": changed(RIGHT, environment(["a", "b", "public"], ["group"])),
    "one-subnet-twice": changed(RIGHT, environment(["a", "a"], ["group"])),
    "three-subnets-and-one-not-known": changed(
        RIGHT,
        made(
            "mwaa/environment:Environment",
            "env",
            networkConfiguration={
                "subnetIds": ["subnet-1", "subnet-2", "subnet-3", Opaque.COMPUTED],
                "securityGroupIds": [ref("group")],
            },
        ),
    ),
    "no-security-group": changed(RIGHT, environment(["a", "b"], [])),
    "one-declared-subnet": changed(
        RIGHT,
        made("ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock="10.0.0.0/24", tags=_TAGS),
        without=("env",),
    ),
    "subnet-with-a-public-table": changed(
        RIGHT,
        made(
            "ec2/routeTableAssociation:RouteTableAssociation",
            "association-a",
            routeTableId=ref("public-table"),
            subnetId=ref("a"),
        ),
    ),
    "subnet-on-a-public-main-table": changed(
        RIGHT,
        made(
            "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
            "main",
            vpcId=ref("vpc"),
            routeTableId=ref("public-table"),
        ),
        without=("association-a",),
    ),
    "subnet-with-a-narrow-route-to-a-literal-gateway": changed(
        RIGHT,
        made(
            "ec2/route:Route",
            "office",
            routeTableId=ref("private-table"),
            destinationCidrBlock="198.51.100.0/24",
            gatewayId="igw-0123456789",
        ),
    ),
    "policy-with-the-guides-placeholder": policies.s3(
        policies.statement(
            Sid="Access-to-specific-bucket-only",
            Action=["s3:GetObject"],
            Resource=["arn:aws:s3:::prod-region-starport-layer-bucket/*"],
        )
    ),
    "policy-with-other-starport-buckets": policies.s3(
        policies.statement(Resource="arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"),
        policies.statement(Resource="arn:aws:s3:::prod-eu-west-1-starport-layer-bucket"),
        policies.DAGS_ONLY,
    ),
    "policy-that-denies-all-but-the-dags": policies.s3(
        policies.FULL,
        policies.statement("Deny", Sid="OnlyOurs", NotResource=[policies.DAGS, f"{policies.DAGS}/*"]),
        policies.statement("Deny", Action="s3:ListBucket*"),
    ),
    "policy-that-allows-some-actions": policies.s3(
        policies.LAYERS_ONLY,
        policies.statement(
            Action=["s3:GetObject", "s3:ListBucket"], Resource=[policies.DAGS, f"{policies.DAGS}/*"]
        ),
        policies.statement(Action="s3:GetBucketLocation"),
    ),
    "policy-that-allows-all-actions-by-name": policies.s3(
        policies.LAYERS_ONLY,
        policies.statement(Action=["s3:GetBucket*", "s3:List*", "s3:GetObject", "s3:GetObjectVersion"]),
    ),
    "policy-on-the-owner-of-resources": policies.s3(
        policies.statement(
            Sid="\x1b[31mOurs", Condition={"StringEquals": {"aws:ResourceAccount": policies.ACCOUNT}}
        )
    ),
    "policy-of-a-bucket-that-nobody-knows": changed(
        policies.s3(policies.LAYERS_ONLY), policies.env(sourceBucketArn=Opaque.COMPUTED)
    ),
    "policy-in-a-resource-of-its-own": changed(
        policies.RIGHT,
        made(policies.SEPARATE, "narrow", vpcEndpointId=ref("s3"), policy='{"Statement": []}'),
    ),
    "policy-that-is-no-json": policies.s3(policy="{"),
    "policy-that-is-no-json-in-a-resource-of-its-own": changed(
        policies.RIGHT, made(policies.SEPARATE, "broken", vpcEndpointId=ref("s3"), policy="{")
    ),
    "policy-that-is-too-long": changed(
        policies.RIGHT,
        made(
            policies.SEPARATE,
            "long",
            vpcEndpointId=ref("s3"),
            policy=json.dumps(policies.long_document(20481)),
        ),
    ),
    "policy-that-another-provider-may-send-too-long": policies.native_s3(
        json.dumps(policies.long_document(20480), indent=2)
    ),
    "policy-for-own-queues": policies.interface(
        "sqs",
        policies.statement(Action="sqs:*", Resource=f"arn:aws:sqs:eu-west-1:{policies.ACCOUNT}:*"),
    ),
    "policy-without-log-groups-and-metrics": changed(
        policies.interface("logs", policies.statement(Action="logs:PutLogEvents")),
        interface_endpoint("monitoring", policy='{"Statement": []}'),
        interface_endpoint("kms", policy='{"Statement": []}'),
    ),
    "policy-that-is-not-known": policies.s3(
        policies.LAYERS_ONLY, policies.statement(Action=policies.READS, Resource=Opaque.COMPUTED)
    ),
    "subnet-without-a-route-to-nat": changed(
        RIGHT, table("own-table"), tie("association-b", "own-table", "b")
    ),
    "subnet-on-a-main-table-without-nat": changed(RIGHT, without=("association-b",)),
    "inline-route-to-nat-for-private-prefixes": changed(
        RIGHT,
        table("private-table", routes=[{"cidrBlock": "10.0.0.0/8", "natGatewayId": ref("nat")}]),
        without=("private-route",),
    ),
    "part-of-the-internet-by-nat-and-part-by-a-local-route": changed(
        RIGHT,
        route(
            "private-route",
            ref("private-table"),
            destinationCidrBlock="128.0.0.0/1",
            natGatewayId=ref("nat"),
        ),
        route("local", ref("private-table"), destinationCidrBlock="0.0.0.0/1", gatewayId="local"),
    ),
    "nat-gateway-in-a-private-subnet": changed(
        RIGHT, made("ec2/natGateway:NatGateway", "nat", subnetId=ref("a"))
    ),
    "nat-gateway-of-another-vpc": changed(
        (*RIGHT, *hub()), route("private-route", ref("private-table"), natGatewayId=ref("hub-nat"))
    ),
    "internet-gateway-of-another-vpc": changed(
        (*RIGHT, *hub()), route("public-route", ref("public-table"), gatewayId=ref("hub-igw"))
    ),
    "private-nat-gateway-for-one-subnet": changed(
        RIGHT,
        made("ec2/natGateway:NatGateway", "second", subnetId=ref("public"), connectivityType="private"),
        table("own-table"),
        route("own-route", ref("own-table"), natGatewayId=ref("second")),
        tie("association-b", "own-table", "b"),
    ),
    "regional-nat-gateway-without-internet-gateway": changed(
        RIGHT,
        made("ec2/natGateway:NatGateway", "nat", vpcId=ref("vpc"), availabilityMode="regional"),
        without=("igw", "public-route"),
    ),
    "internet-gateway-that-nothing-attaches": changed(
        RIGHT, made("ec2/internetGateway:InternetGateway", "igw")
    ),
    "way-out-by-a-transit-gateway": changed(
        RIGHT, route("private-route", ref("private-table"), transitGatewayId="tgw-1")
    ),
    "subnets-in-one-zone": changed(RIGHT, subnet("b", availabilityZone="eu-west-1a")),
    "subnet-in-a-local-zone": changed(RIGHT, subnet("b", availabilityZone="eu-west-1-ham-1a")),
    "subnet-in-the-unsupported-zone": changed(
        RIGHT, subnet("b", availabilityZoneId="use1-az3", region="us-east-1")
    ),
    "private-subnet-on-a-main-table-with-a-nat-instance": changed(
        RIGHT,
        *(
            subnet(name, tags={"mwaa:environment": "airflow", "mwaa:routing": "private"})
            for name in ("a", "b")
        ),
        route("main-route", ref("vpc", "mainRouteTableId"), networkInterfaceId="eni-0a1b"),
        without=("env", "association-a", "private-route"),
    ),
    "private-subnets-whose-table-has-a-route-to-nat-inside": changed(
        RIGHT,
        *(
            subnet(name, tags={"mwaa:environment": "airflow", "mwaa:routing": "private"})
            for name in ("a", "b")
        ),
        table("private-table", routes=[{"cidrBlock": ALL_IPV4, "natGatewayId": ref("nat")}]),
        without=("env", "private-route"),
    ),
    "declared-subnet-with-a-nat-gateway-in-it": changed(
        RIGHT,
        subnet("a", tags=_TAGS),
        subnet("public", tags=_TAGS),
        without=("env",),
    ),
    "no-endpoint-for-two-environments-in-three-zones": changed(
        PRIVATE,
        subnet("c", availabilityZone="eu-west-1c"),
        subnet("public", availabilityZone="eu-west-1b"),
        table("table-c"),
        tie("tie-c", "table-c", "c"),
        replace(environment(["public", "c"], ["group"]), name="second"),
        without=("kms", "s3"),
    ),
    "subnet-whose-routes-of-ipv6-alone-lead-to-an-internet-gateway": changed(
        RIGHT,
        made(
            "ec2/route:Route",
            "route6",
            routeTableId=ref("private-table"),
            destinationIpv6CidrBlock="::/0",
            gatewayId=ref("igw"),
        ),
    ),
    "public-web-server-without-internet": tuple(
        Made(
            each.type,
            each.name,
            {**each.inputs, "airflowVersion": "3.0.6", "webserverAccessMode": "PUBLIC_ONLY"},
        )
        if each.name == "env"
        else each
        for each in right_private_network()
    ),
    "one-public-subnet": changed(RIGHT, without=("public-b", "public-association-b")),
    "public-subnets-in-one-zone": changed(RIGHT, subnet("public", availabilityZone="eu-west-1b")),
    "entry-with-an-unknown-block": changed(RIGHT, entry("in", 100, egress=False, cidrBlock=Opaque.COMPUTED)),
}


MESSAGES |= {
    "native-subnet-with-a-public-table": changed(
        NATIVE, native_association("association-a", "public-table", "a")
    ),
    "native-acl-without-entry": changed(NATIVE, without=("in", "out")),
    "native-default-acl-with-an-entry-that-denies": changed(
        NATIVE,
        entry("deny", 50, egress=False, ruleAction="deny", networkAclId=ref("vpc", "defaultNetworkAcl")),
        without=("acl", "acl-a", "acl-b", "in", "out"),
    ),
    "native-acl-beside-a-template": changed(
        NATIVE,
        made("cloudformation/stack:Stack", "template", templateBody="{}", parameters={"Acl": ref("acl")}),
        without=("in", "out"),
    ),
    "native-rule-with-an-unknown-source": changed(
        NATIVE, native_rule("self", sourceSecurityGroupId=Opaque.COMPUTED)
    ),
    "cloud-control-rule-not-known-yet": changed(
        NATIVE,
        Made(
            "aws:cloudcontrol/resource:Resource",
            "self",
            {"typeName": "AWS::EC2::SecurityGroupIngress", "desiredState": Opaque.COMPUTED},
            depends={"desiredState": ("group",)},
        ),
    ),
}


def _acl(**entries: Written) -> tuple[Made, ...]:
    acl = made(
        "ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc"), subnetIds=[ref("a"), ref("b")], **entries
    )
    return changed(RIGHT, acl, without=("in", "out"))


def _environment(network: Written) -> tuple[Made, ...]:
    return changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration=network))


QUESTIONS = {
    "preview-of-a-private-network-whose-lists-are-not-known": (PRIVATE, Rendering.LISTS),
    "preview-of-an-environment-whose-network-is-not-known": (
        _environment({"subnetIds": Opaque.COMPUTED, "securityGroupIds": Opaque.COMPUTED}),
        Rendering.PREVIEW,
    ),
    "preview-of-an-environment-of-which-nothing-is-known": (
        _environment(Opaque.COMPUTED),
        Rendering.PREVIEW,
    ),
    "preview-of-an-acl-whose-entries-are-not-known": (
        _acl(ingress=Opaque.COMPUTED, egress=Opaque.COMPUTED),
        Rendering.PREVIEW,
    ),
    "preview-of-an-acl-whose-entries-are-not-known-and-secret": (
        _acl(ingress=Opaque.COMPUTED, egress=Opaque.SECRET),
        Rendering.PREVIEW,
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_a_preview_cannot_show_is_asked_once_about_each_property(name: str) -> None:
    """One text for a resource and a reason, however many properties and however many checks wait."""
    evaluation = evaluate(render(*QUESTIONS[name]))
    assert (evaluation.violations, evaluation.advice) == ((), ())
    texts = [text for _, text in question_texts(evaluation.undetermined)]
    assert_golden(GOLDEN / f"{name}.txt", "\n\n".join(texts))


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_wrong_is_said_as_the_golden_file_has_it(name: str) -> None:
    """Each message names value, verdict, who decided, a witness, the sentence, the fix and the page."""
    evaluation = evaluate(render(MESSAGES[name], Rendering.DEPLOYED))
    findings = [finding_text(each) for each in (*evaluation.violations, *evaluation.advice)]
    questions = [text for _, text in question_texts(evaluation.undetermined)]
    assert_golden(GOLDEN / f"{name}.txt", "\n\n".join([*findings, *questions]))


def test_the_vpc_of_a_group_that_names_none_is_told_before_it_is_made() -> None:
    """AWS's choice is known, its id is not."""
    stack = changed(RIGHT, made("ec2/securityGroup:SecurityGroup", "group"))
    (finding,) = evaluate(render(stack, Rendering.PREVIEW)).violations
    line = '- security group "group" is in the default VPC of its Region, since the program names none'
    assert line in finding_text(finding).splitlines()


def test_the_golden_folder_holds_no_text_that_nobody_compares() -> None:
    """A renamed case leaves no file behind."""
    assert {path.stem for path in GOLDEN.iterdir()} == {*MESSAGES, *QUESTIONS}


def test_a_right_network_leaves_nothing_to_say() -> None:
    """Neither a first preview nor a deployed stack gives a word."""
    for rendering in EXACT:
        evaluation = evaluate(render(RIGHT, rendering))
        assert (evaluation.violations, evaluation.advice, evaluation.undetermined) == ((), (), ())


def test_a_failure_names_the_exceptions_type_and_never_its_text() -> None:
    """The text of an exception may quote a secret."""
    assert failure_text(Failure(part="reading", exception="KeyError")) == (
        "undetermined: reading failed with KeyError. This is a defect of mwaa-guardrails, not of the stack; "
        "the other checks went on."
    )


def test_every_message_leads_to_a_page_that_is_there() -> None:
    """The page of the check; for what cannot be known, the list of checks, which says what helps."""
    for path in GOLDEN.iterdir():
        for text in path.read_text(encoding="utf-8").strip().split("\n\n"):
            check, last = text.partition(":")[0], text.rpartition("\n")[2]
            page = f"docs/checks/{'README' if check == 'undetermined' else check}.md"
            assert last == f"More: {page} of mwaa-guardrails"
            assert (REPOSITORY / page).is_file()


def test_every_check_says_how_to_remedy_it() -> None:
    """The remediation steps of CrossGuard are filled for each check."""
    assert all(remediation_text(check.id).endswith(".") for check in ALL_CHECKS)
