"""What the component `Environment` registers on a network, and what it tells."""

import json
import subprocess
import sys
from typing import Any

import pulumi
import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_network import ConfigurationError, Egress, Network, NetworkArgs
from mwaa_network.environment import AccessMode, EndpointManagement, Environment, EnvironmentArgs
from mwaa_network.environment.component import TYPE
from tests.infra.environments import ENVIRONMENT, everything, made, waited_for
from tests.infra.given import VPC, A, B, Given
from tests.infra.programs import INFRA
from tests.infra.test_environment_mistakes import GOLDEN
from tests.infra.world import ACCOUNTS, World
from tests.policy_pack.golden import assert_golden

PARTS = {
    ("Environment", "mwaa"),
    ("Environment", "mwaa-environment"),
    ("Role", "mwaa-execution-role"),
    ("RolePolicy", "mwaa-execution-role"),
    ("Bucket", "mwaa-dags"),
    ("BucketVersioning", "mwaa-dags"),
    ("BucketPublicAccessBlock", "mwaa-dags"),
    ("LogGroup", "mwaa-logs-dagprocessing"),
    ("LogGroup", "mwaa-logs-scheduler"),
    ("LogGroup", "mwaa-logs-task"),
    ("LogGroup", "mwaa-logs-webserver"),
    ("LogGroup", "mwaa-logs-worker"),
}
OF_A_KEY = {("Key", "mwaa-key"), ("BucketServerSideEncryptionConfiguration", "mwaa-dags")}
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
KEY_ARN = "mwaa-key-arn"
LOG_GROUPS = [
    f"airflow-mwaa-{kind}" for kind in ("DAGProcessing", "Scheduler", "Task", "WebServer", "Worker")
]


def parts(world: World) -> set[tuple[str, str]]:
    """Return what is not the network's."""
    of_network = World()
    of_network.run(lambda: Network("mwaa").outputs())
    return world.table() - of_network.table()


def test_an_environment_has_these_parts_and_no_others() -> None:
    """Beside the network: role, bucket and log groups of its own."""
    world, _ = made()
    assert parts(world) == PARTS


def test_a_customer_managed_key_encrypts_environment_bucket_and_logs() -> None:
    """One key for all three, and the role may use it."""
    world, outputs = made(customer_key=True)
    assert parts(world) == PARTS | OF_A_KEY
    (encryption,) = [each for each in world.resources if "Encryption" in each.type]
    assert encryption.inputs["rules"] == [
        {
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY_ARN},
            "bucketKeyEnabled": True,
        }
    ]
    groups = [each.inputs["kmsKeyId"] for each in world.resources if each.type.endswith("LogGroup")]
    assert groups == [KEY_ARN] * 5
    assert world.inputs_of(*ENVIRONMENT)["kmsKey"] == KEY_ARN
    policy = json.loads(
        str(world.inputs_of("aws:iam/rolePolicy:RolePolicy", "mwaa-execution-role")["policy"])
    )
    assert policy["Statement"][-1]["Resource"] == KEY_ARN
    assert isinstance(outputs, dict)
    assert outputs["kmsKeyArn"] == KEY_ARN


def test_the_environment_is_as_the_guide_has_it() -> None:
    """Named like the component, with every kind of log turned on."""
    world, _ = made()
    inputs = dict(world.inputs_of(*ENVIRONMENT))
    on = {"enabled": True, "logLevel": "INFO"}
    assert inputs.pop("loggingConfiguration") == {
        "dagProcessingLogs": on,
        "schedulerLogs": on,
        "taskLogs": on,
        "webserverLogs": on,
        "workerLogs": on,
    }
    assert inputs == {
        "name": "mwaa",
        "dagS3Path": "dags",
        "executionRoleArn": "mwaa-execution-role-arn",
        "sourceBucketArn": "arn:aws:s3:::mwaa-dags-bucket",
        "webserverAccessMode": "PUBLIC_ONLY",
        "endpointManagement": "SERVICE",
        "networkConfiguration": {
            "subnetIds": ["mwaa-private-a-subnet", "mwaa-private-b-subnet"],
            "securityGroupIds": ["mwaa-environment-securitygroup"],
        },
        "tags": {"Name": "mwaa-environment"},
    }
    assert world.one(*ENVIRONMENT).deleted_first


def test_the_bucket_blocks_public_access_and_keeps_versions() -> None:
    """All four blocks."""
    world, _ = made()
    block = world.inputs_of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "mwaa-dags")
    assert block == {
        "bucket": "mwaa-dags-bucket",
        "blockPublicAcls": True,
        "blockPublicPolicy": True,
        "ignorePublicAcls": True,
        "restrictPublicBuckets": True,
    }
    versioning = world.inputs_of("aws:s3/bucketVersioning:BucketVersioning", "mwaa-dags")
    assert versioning["versioningConfiguration"] == {"status": "Enabled"}


def test_log_groups_are_found_by_mwaa_and_forget() -> None:
    """They are there before MWAA makes them without an end."""
    world, _ = made(log_retention_days=30)
    groups = [each.inputs for each in world.resources if each.type.endswith("LogGroup")]
    assert sorted(str(each["name"]) for each in groups) == LOG_GROUPS
    assert {each["retentionInDays"] for each in groups} == {30}
    world, _ = made()
    assert {each.inputs["retentionInDays"] for each in world.resources if "LogGroup" in each.type} == {365}


@pytest.mark.parametrize(
    ("network", "choices", "mode"),
    [
        (NetworkArgs(), {}, "PUBLIC_ONLY"),
        (NetworkArgs(routing=Routing.PRIVATE), {}, "PRIVATE_ONLY"),
        (NetworkArgs(), {"webserver_access_mode": AccessMode.PRIVATE_ONLY}, "PRIVATE_ONLY"),
        (
            NetworkArgs(routing=Routing.PRIVATE),
            {"webserver_access_mode": "PUBLIC_ONLY", "airflow_version": "2.10.3"},
            "PUBLIC_ONLY",
        ),
        (
            NetworkArgs(routing=Routing.PRIVATE),
            {"webserver_access_mode": AccessMode.PUBLIC_AND_PRIVATE, "airflow_version": "3.2.1"},
            "PUBLIC_AND_PRIVATE",
        ),
    ],
)
def test_the_access_mode_follows_the_routing_unless_it_is_chosen(
    network: NetworkArgs, choices: dict[str, Any], mode: str
) -> None:
    """What is chosen is taken wherever workers reach the web server."""
    world, _ = made(network, **choices)
    assert world.inputs_of(*ENVIRONMENT)["webserverAccessMode"] == mode


@pytest.mark.parametrize(
    ("listed", "chosen", "name"),
    [
        (None, None, None),
        (None, "our-dags", "our-dags"),
        (["our-dags", "data"], None, "our-dags"),
        (["our-dags", "data"], "data", "data"),
    ],
)
def test_the_bucket_is_one_that_the_s3_endpoint_lets_through(
    listed: list[str] | None, chosen: str | None, name: str | None
) -> None:
    """The first of them, unless another is chosen; Pulumi gives the name where nobody does."""
    world, _ = made(NetworkArgs(s3_endpoint_buckets=listed), bucket_name=chosen)
    assert world.inputs_of("aws:s3/bucket:Bucket", "mwaa-dags").get("bucket") == name


def test_a_bucket_has_a_name_that_s3_takes() -> None:
    """Pulumi makes it of the logical name; an environment's name may have underscores, a bucket's may not."""
    world, _ = made(name="our_airflow")
    assert ("Bucket", "our-airflow-dags") in world.table()


def test_tags_are_the_networks_unless_others_are_given() -> None:
    """And each part has its name."""
    tagged = NetworkArgs(tags={"team": "data"})
    world, _ = made(tagged)
    assert world.inputs_of(*ENVIRONMENT)["tags"] == {"team": "data", "Name": "mwaa-environment"}
    world, _ = made(tagged, tags={"team": "ml"})
    assert world.inputs_of("aws:s3/bucket:Bucket", "mwaa-dags")["tags"] == {"team": "ml", "Name": "mwaa-dags"}


def test_several_environments_share_a_network() -> None:
    """Each has a role, a bucket and log groups of its own."""
    world = World()

    def program() -> None:
        network = Network("mwaa")
        for name in ("one", "two"):
            Environment(name, EnvironmentArgs(network=network))

    world.run(program)
    ours = [each for each in world.resources if each.type == ENVIRONMENT[0]]
    assert {each.inputs["name"] for each in ours} == {"one", "two"}
    assert ours[0].inputs["networkConfiguration"] == ours[1].inputs["networkConfiguration"]
    assert len({each.name for each in world.resources if each.type.endswith("Role")}) == 2


def test_outputs_have_every_name_and_no_null() -> None:
    """The component registers what it tells."""
    world, outputs = made()
    assert world.outputs["mwaa"] == outputs
    assert outputs == {
        "environmentName": "mwaa",
        "environmentArn": "mwaa-environment-arn",
        "webserverUrl": "mwaa-environment-url",
        "executionRoleName": "mwaa-execution-role-name",
        "executionRoleArn": "mwaa-execution-role-arn",
        "dagBucket": "mwaa-dags-bucket",
        "dagS3Path": "dags",
        "logGroups": LOG_GROUPS,
    }


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({}, "billed hourly: 1 environment"),
        ({"environment_class": "mw1.large"}, "billed hourly: 1 environment of class mw1.large"),
        (
            {"endpoint_management": EndpointManagement.CUSTOMER},
            "billed hourly: 1 environment, 2 endpoint interfaces",
        ),
    ],
)
def test_a_preview_tells_what_is_billed_by_the_hour(choices: dict[str, Any], told: str) -> None:
    """Beside the network's own line, and in whichever order; an update says nothing."""
    world, _ = made(preview=True, **choices)
    of_the_network = "billed hourly: 2 NAT gateways, 2 public addresses, 0 endpoint interfaces"
    assert sorted(world.logged) == sorted([of_the_network, told])
    world, _ = made(**choices)
    assert world.logged == []


def test_a_network_alone_loads_nothing_of_an_environment() -> None:
    """The packages of S3 and IAM take a quarter of a second."""
    program = "import sys, mwaa_network; sys.exit('pulumi_aws.s3.bucket' in sys.modules)"
    roots = [str(INFRA), str(INFRA.parent / "policy_pack")]
    ended = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": ":".join(roots)}, check=False, timeout=60
    )
    assert ended.returncode == 0


def test_the_account_is_asked_of_each_provider_once() -> None:
    """An explicit provider is another account, maybe; the environment's is asked first."""
    world = World()

    def program() -> None:
        provider = pulumi.ProviderResource("aws", "theirs", {"region": "eu-west-1"})
        options = pulumi.ResourceOptions(providers=[provider])
        Environment("mwaa", EnvironmentArgs(network=Network("mwaa")), options)

    world.run(program)
    asked = [provider for token, _, provider in world.calls if "CallerIdentity" in token]
    assert ["theirs" in each for each in asked] == [True, False]
    assert "theirs" in world.one(*ENVIRONMENT).provider
    assert "theirs" not in world.one("aws:ec2/vpc:Vpc", "mwaa-vpc").provider


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (NetworkArgs(), {"mwaa-database": "mwaa-environment-database-service"}),
        (
            NetworkArgs(routing=Routing.PRIVATE),
            {
                "mwaa-database": "mwaa-environment-database-service",
                "mwaa-webserver": "mwaa-environment-web-service",
            },
        ),
    ],
    ids=["public web server", "private web server"],
)
def test_the_customers_endpoints_are_made_by_the_owner_of_the_network(
    network: NetworkArgs, expected: dict[str, str]
) -> None:
    """In both subnets and with the group, by the network's provider and not by the environment's."""
    world = World()

    def program() -> None:
        owner = pulumi.ProviderResource("aws", "owner", {"region": "eu-west-1"})
        tenant = pulumi.ProviderResource("aws", "tenant", {"region": "eu-west-1"})
        Environment(
            "mwaa",
            EnvironmentArgs(
                network=Network("mwaa", network, pulumi.ResourceOptions(providers=[owner])),
                endpoint_management=EndpointManagement.CUSTOMER,
            ),
            pulumi.ResourceOptions(providers=[tenant]),
        )

    world.run(program)
    made_for_it = {
        each.name: each
        for each in world.resources
        if str(each.inputs.get("serviceName")).endswith("-service")
    }
    assert {name: each.inputs["serviceName"] for name, each in made_for_it.items()} == expected
    for each in made_for_it.values():
        assert "owner" in each.provider
        assert each.parent == "mwaa"
        assert {key: each.inputs[key] for key in ("vpcEndpointType", "subnetIds", "securityGroupIds")} == {
            "vpcEndpointType": "Interface",
            "subnetIds": ["mwaa-private-a-subnet", "mwaa-private-b-subnet"],
            "securityGroupIds": ["mwaa-environment-securitygroup"],
        }
    environment = world.one(*ENVIRONMENT)
    assert environment.inputs["endpointManagement"] == "CUSTOMER"
    assert "tenant" in environment.provider


OWNER, TENANT = ACCOUNTS


@pytest.mark.parametrize(
    "network", [NetworkArgs(), NetworkArgs(routing=Routing.PRIVATE)], ids=["public", "private"]
)
def test_in_a_shared_vpc_the_environment_has_a_group_of_its_own_account(network: NetworkArgs) -> None:
    """The network's group, which the endpoints carry, lets it in by account and id."""
    world = World()

    def program() -> None:
        owner = pulumi.ProviderResource("aws", OWNER, {"region": "eu-west-1"})
        tenant = pulumi.ProviderResource("aws", TENANT, {"region": "eu-west-1"})
        shared = pulumi.CustomResource("aws:ram/resourceAssociation:ResourceAssociation", "shared", {})
        Environment(
            "tenant",
            EnvironmentArgs(
                network=Network("mwaa", network, pulumi.ResourceOptions(providers=[owner])),
                endpoint_management=EndpointManagement.CUSTOMER,
            ),
            pulumi.ResourceOptions(providers=[tenant], depends_on=[shared]),
        )

    world.run(program)
    environment = world.one(ENVIRONMENT[0], "tenant-environment")
    assert environment.inputs["networkConfiguration"] == {
        "subnetIds": ["mwaa-private-a-subnet", "mwaa-private-b-subnet"],
        "securityGroupIds": ["tenant-environment-securitygroup"],
    }
    group = world.one("aws:ec2/securityGroup:SecurityGroup", "tenant-environment")
    assert group.inputs["vpcId"] == "mwaa-vpc-vpc"
    assert TENANT in group.provider
    assert group.dependencies == ("ResourceAssociation shared", "Vpc mwaa-vpc")
    self_rule = world.one(INGRESS_RULE, "tenant-self")
    assert self_rule.inputs["referencedSecurityGroupId"] == "tenant-environment-securitygroup"
    admission = world.one(INGRESS_RULE, "tenant-tenant")
    assert OWNER in admission.provider
    assert admission.inputs["securityGroupId"] == "mwaa-environment-securitygroup"
    assert admission.inputs["referencedSecurityGroupId"] == f"{TENANT}/tenant-environment-securitygroup"
    needless = {"DefaultSecurityGroup mwaa-default", "Environment tenant-environment"}
    own_endpoints = {"VpcEndpoint tenant-database", "VpcEndpoint tenant-webserver"} & everything(world)
    assert everything(world) - waited_for(world, environment) == needless | own_endpoints


def test_its_narrow_outbound_traffic_goes_to_every_block_of_the_vpc() -> None:
    """As that of the network's own group does."""
    world = World(answers=Given(blocks={"100.64.0.0/16": "associated"}).answers())
    given = NetworkArgs(routing=Routing.PRIVATE, egress=Egress.NARROW, vpc_id=VPC, private_subnet_ids=(A, B))

    def program() -> None:
        owner = pulumi.ProviderResource("aws", OWNER, {"region": "eu-west-1"})
        tenant = pulumi.ProviderResource("aws", TENANT, {"region": "eu-west-1"})
        network = Network("mwaa", given, pulumi.ResourceOptions(providers=[owner]))
        choices = EnvironmentArgs(network=network, endpoint_management=EndpointManagement.CUSTOMER)
        Environment("tenant", choices, pulumi.ResourceOptions(providers=[tenant]))

    world.run(program)
    blocks = {each.name: each.inputs["cidrIpv4"] for each in world.resources if "cidrIpv4" in each.inputs}
    assert blocks == {
        f"{name}-outbound-vpc{suffix}": block
        for name in ("mwaa", "tenant")
        for suffix, block in (("", "172.20.0.0/16"), ("-100-64-0-0-16", "100.64.0.0/16"))
    }


def test_on_the_network_of_another_account_mwaa_makes_no_endpoints() -> None:
    """It is told before anything of the environment is made; the text is a golden file."""
    world = World()

    def program() -> None:
        owner = pulumi.ProviderResource("aws", OWNER, {"region": "eu-west-1"})
        tenant = pulumi.ProviderResource("aws", TENANT, {"region": "eu-west-1"})
        network = Network("mwaa", opts=pulumi.ResourceOptions(providers=[owner]))
        Environment("tenant", EnvironmentArgs(network=network), pulumi.ResourceOptions(providers=[tenant]))

    with pytest.raises(ConfigurationError) as raised:
        world.run(program)
    assert_golden(GOLDEN / "the-network-is-in-another-account.txt", str(raised.value))
    assert [each.type for each in world.resources if each.name.startswith("tenant")] == [TYPE]
