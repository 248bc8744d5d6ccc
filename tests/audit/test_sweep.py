"""A sweep judges the stacks of an organization as one, whatever lies in which of them."""

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from mwaa_audit.result import StackRead, StackUnread
from mwaa_guardrails.reading.resource import Opaque, Resource
from tests.audit.organizations import deployed, spread, write_backend
from tests.audit.state_files import as_json, write
from tests.audit.sweeping import Said, said_of, swept
from tests.policy_pack.networks import changed, entry, right_network, right_private_network
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.shapes.test_rows import ROWS
from tests.policy_pack.stacks import Made, Written, made, native, ref
from tests.policy_pack.verdicts import verdict

RIGHT = right_network()
DENIES = changed(RIGHT, entry("in", 100, egress=False, ruleAction="deny"))
DENIED: Said = frozenset({("network-acl-blocks-required-traffic", "acl", "violation")})
ENVIRONMENT = "aws:mwaa/environment:Environment"
PROJECTS = ("network", "apps", "base")


def declared(stack: tuple[Made, ...], name: str = "env") -> tuple[Made, ...]:
    """Return a stack with the tags that declare its network, for an environment of this name."""
    tags: dict[str, Written] = {"mwaa:environment": name}
    return tuple(
        replace(each, inputs={**each.inputs, "tags": tags}) if each.name in {"a", "b", "group"} else each
        for each in stack
    )


def split(stack: tuple[Made, ...], team: str = "") -> dict[str, tuple[Resource, ...]]:
    """Return a stack as an organization has it: the environment in one stack, its network in another."""
    resources = [each for each in deployed(stack, team) if not each.type.startswith("pulumi:providers:")]
    return spread(
        resources, [f"apps{team}" if each.type == ENVIRONMENT else f"network{team}" for each in resources]
    )


DECLARED = (declared(DENIES, "near"), declared(DENIES, "far"))


@pytest.mark.parametrize("row", ROWS[::9], ids=lambda row: f"{row.number}: {row.sentence}")
def test_how_a_network_is_spread_over_stacks_has_no_bearing(row: Row, tmp_path: Path) -> None:
    """Any resource may be in any stack: ids of AWS tie them together."""
    resources = deployed(row.stack)
    chance = random.Random(row.number)  # noqa: S311 - no secret
    managed = [each for each in resources if not each.type.startswith("pulumi:providers:")]
    stacks = spread(resources, [chance.choice(PROJECTS) for _ in managed])
    result = swept(write_backend(tmp_path / "backend", stacks), tmp_path / "index")
    assert (result.unreadable, result.failures) == ((), ())
    assert said_of(result) == verdict(resources)


def test_a_finding_names_the_stack_of_the_environment_and_that_of_the_resource(tmp_path: Path) -> None:
    """The team whose environment suffers is not the one that has to act."""
    result = swept(write_backend(tmp_path / "backend", split(DENIES)), tmp_path / "index")
    (finding,) = result.findings
    assert (finding.stack, finding.subject.stack) == ("apps/dev", "network/dev")


def test_a_question_names_the_stacks_of_the_environments(tmp_path: Path) -> None:
    """Another team's environment of the same name has nothing to do with it."""
    asked = changed(RIGHT, entry("in", 100, egress=False, ruleAction=Opaque.SECRET))
    stacks = {**split(asked, "-one"), **split(RIGHT, "-two")}
    result = swept(write_backend(tmp_path / "backend", stacks), tmp_path / "index")
    assert [(each.stack, each.name, each.location) for each in result.environments] == [
        ("apps-one/dev", "env", ""),
        ("apps-two/dev", "env", ""),
    ]
    (question,) = result.questions
    assert (question.subject.stack, question.stacks) == ("network-one/dev", ("apps-one/dev",))


def test_each_network_is_judged_once_and_by_itself(tmp_path: Path) -> None:
    """Two environments in one VPC are judged together; a right network does not make up for a wrong one."""
    (environment,) = (each for each in DENIES if each.type == ENVIRONMENT)
    two = changed(DENIES, replace(environment, name="second"))
    stacks = {**split(two, "-one"), **split(RIGHT, "-two"), **split(right_private_network(), "-three")}
    told: list[tuple[int, int]] = []
    result = swept(
        write_backend(tmp_path / "backend", stacks),
        tmp_path / "index",
        progress=lambda *done: told.append(done),
    )
    assert told[-1] == (0, 3)
    assert sorted((each.check, each.environment) for each in result.findings) == [
        ("network-acl-blocks-required-traffic", "env"),
        ("network-acl-blocks-required-traffic", "second"),
    ]


def test_a_declared_network_is_that_of_the_environment_that_uses_it(tmp_path: Path) -> None:
    """Only where no stack has the environment is what tags declare judged."""
    stacks = split(declared(DENIES))
    with_it = swept(write_backend(tmp_path / "with", stacks), tmp_path / "index")
    assert [each.declared for each in with_it.findings] == [False]
    without = swept(
        write_backend(tmp_path / "without", {"network": stacks["network"]}), tmp_path / "other-index"
    )
    assert [(each.declared, each.stack) for each in without.findings] == [(True, "network/dev")]


def test_who_manages_a_resource_knows_it_better_than_who_looks_it_up(tmp_path: Path) -> None:
    """What a stack looked up may be old; it counts where nobody manages it."""
    stacks = split(DENIES)
    old = next(each for each in stacks["network"] if each.name == "in")
    stale = replace(old, inputs={}, outputs={**old.outputs, "ruleAction": "allow"})
    looked_up = [as_json(_in_apps(stale), external=True), *map(as_json, stacks["apps"])]
    place = write_backend(tmp_path / "backend", stacks)
    file = tmp_path / "backend" / ".pulumi" / "stacks" / "apps" / "dev.json"
    write(file, {"version": 3, "deployment": {"resources": looked_up}})
    assert said_of(swept(place, tmp_path / "index")) == DENIED
    rest = tuple(each for each in stacks["network"] if each.name != "in")
    write_backend(tmp_path / "backend", {"network": rest})
    assert said_of(swept(place, tmp_path / "index")) == frozenset()


def _in_apps(resource: Resource) -> Resource:
    return replace(resource, urn=resource.urn.replace("::network::", "::apps::"))


@pytest.mark.parametrize(
    ("sentence", "near", "far", "judged"),
    [
        ("no tag declares it", DENIES, DENIES, "apps"),
        ("its tag declares what an environment uses", *DECLARED, "apps"),
        ("its tag declares what no environment uses", *DECLARED, "network"),
    ],
)
def test_a_group_of_another_network_is_named_and_joins_nothing(
    sentence: str, near: tuple[Made, ...], far: tuple[Made, ...], judged: str, tmp_path: Path
) -> None:
    """Else all networks that let one another in would be one; nor is it half a network of its own."""
    elsewhere = split(far, "-far")
    (group,) = (each.outputs["id"] for each in elsewhere["network-far"] if each.name == "group")
    rule = made(
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "from-far",
        securityGroupId=ref("group"),
        referencedSecurityGroupId=str(group),
        ipProtocol="tcp",
        fromPort=443,
        toPort=443,
    )
    stacks = {**split((*near, rule), "-near"), **elsewhere}
    if judged == "network":
        stacks = {project: stack for project, stack in stacks.items() if project.startswith("network")}
    told: list[tuple[int, int]] = []
    result = swept(
        write_backend(tmp_path / "backend", stacks),
        tmp_path / "index",
        progress=lambda *done: told.append(done),
    )
    assert told[-1] == (0, 2), sentence
    assert [each.stack for each in result.environments] == [f"{judged}-far/dev", f"{judged}-near/dev"]
    assert [(each.check, each.stack) for each in result.findings] == [
        ("network-acl-blocks-required-traffic", f"{judged}-far/dev"),
        ("network-acl-blocks-required-traffic", f"{judged}-near/dev"),
    ]


def test_a_template_of_a_stack_may_fill_the_acls_of_that_stack(tmp_path: Path) -> None:
    """It has no id that says so; templates of other stacks have no part in it."""
    acl = native("ec2:NetworkAcl", "acl", vpcId=ref("vpc"))
    ties = (
        native("ec2:SubnetNetworkAclAssociation", f"tie-{each}", networkAclId=ref("acl"), subnetId=ref(each))
        for each in ("a", "b")
    )
    template = made("cloudformation/stack:Stack", "template", templateBody="{}")
    stack = changed(RIGHT, acl, *ties, without=("in", "out"))
    beside = split((*stack, template), "-one")
    told = said_of(swept(write_backend(tmp_path / "beside", beside), tmp_path / "index"))
    assert {check for check, _, _ in told} == {"undetermined"}
    apart = {**split(stack, "-one"), "others": deployed((template,))}
    told = said_of(swept(write_backend(tmp_path / "apart", apart), tmp_path / "other-index"))
    assert {check for check, _, _ in told} == {"network-acl-blocks-required-traffic"}


def test_what_cannot_be_read_is_listed_and_stops_nothing(tmp_path: Path) -> None:
    """Nor does an update that is under way."""
    place = write_backend(tmp_path / "backend", split(DENIES))
    pulumi = tmp_path / "backend" / ".pulumi"
    (pulumi / "stacks" / "broken").mkdir()
    (pulumi / "stacks" / "broken" / "dev.json").write_text("canary")
    (pulumi / "stacks" / "broken" / "dev.json.bak").write_text("{}")
    (pulumi / "stacks" / "broken" / "dev.json.attrs").write_text("{}")
    write(pulumi / "locks" / "organization" / "apps" / "dev" / "1.json", {"pid": 1})
    result = swept(place, tmp_path / "index")
    assert said_of(result) == DENIED
    assert result.unreadable == (
        StackUnread(location=".pulumi/stacks/broken/dev.json", reason="it is not JSON"),
    )
    assert result.stacks == (
        StackRead(
            name="apps/dev",
            location=".pulumi/stacks/apps/dev.json",
            resources=1,
            environments=1,
            locked=True,
        ),
        StackRead(
            name="network/dev",
            location=".pulumi/stacks/network/dev.json",
            resources=22,
            unread={"aws:ec2/eip:Eip": 1},
        ),
    )


def test_half_a_character_in_a_state_stops_nothing(tmp_path: Path) -> None:
    """JSON can spell it, and nobody can keep it; nor is a file's name always a text."""
    place = write_backend(tmp_path / "backend", split(DENIES))
    odd = {
        "urn": "urn:pulumi:dev::odd::aws:ec2/vpc:Vpc::\ud800",
        "type": "aws:ec2/vpc:Vpc",
        "outputs": {"id": "vpc-\ud800"},
        "sourcePosition": "project:///\ud800.py#1",
        "dependencies": ["\ud800"],
    }
    file = tmp_path / "backend" / ".pulumi" / "stacks" / "odd" / os.fsdecode(b"caf\xe9.json")
    write(file, {"version": 3, "deployment": {"resources": [odd]}})
    result = swept(place, tmp_path / "index")
    assert (said_of(result), result.unreadable) == (DENIED, ())
    assert r".pulumi/stacks/odd/caf\xe9.json" in {each.location for each in result.stacks}


def test_of_two_files_of_one_stack_the_second_is_not_read(tmp_path: Path) -> None:
    """Nobody can say which of them is true; in the next sweep it may be alone."""
    write_backend(tmp_path / "backend", split(DENIES))
    stacks = tmp_path / "backend" / ".pulumi" / "stacks"
    twin = stacks / "twin" / "dev.json"
    twin.parent.mkdir()
    twin.write_bytes((stacks / "network" / "dev.json").read_bytes())
    place, index = str(tmp_path / "backend"), tmp_path / "index"
    result = swept(place, index)
    assert said_of(result) == DENIED
    assert [(each.location, each.reason) for each in result.unreadable] == [
        (".pulumi/stacks/twin/dev.json", "another file, which was read, has the same stack")
    ]
    (stacks / "network" / "dev.json").unlink()
    result = swept(place, index, changed_only=True)
    assert (said_of(result), result.unreadable) == (DENIED, ())


def test_a_folder_of_exports_is_an_organization_as_well(tmp_path: Path) -> None:
    """Whatever its files and folders are called."""
    for project, resources in split(DENIES).items():
        exported = {"version": 3, "deployment": {"resources": list(map(as_json, resources))}}
        write(tmp_path / "exports" / project / f"state of {project}.json", exported)
    (tmp_path / "exports" / "notes.txt").write_text("canary")
    result = swept(str(tmp_path / "exports"), tmp_path / "index")
    assert said_of(result) == DENIED
    assert [each.location for each in result.stacks] == [
        "apps/state of apps.json",
        "network/state of network.json",
    ]


def test_the_order_in_which_states_are_read_has_no_bearing(tmp_path: Path) -> None:
    """A sweep of what is there gives the same result as one that met it bit by bit."""
    stacks = {**split(DENIES, "-one"), **split(DENIES, "-two")}
    place, index = str(tmp_path / "backend"), tmp_path / "index"
    last, *projects = sorted(stacks)
    for project in reversed(projects):
        write_backend(tmp_path / "backend", {project: stacks[project]})
        swept(place, index, changed_only=True)
    write_backend(tmp_path / "backend", {last: stacks[last]})
    step_by_step = swept(place, index, changed_only=True)
    assert step_by_step == swept(place, tmp_path / "fresh-index")
    assert len(step_by_step.findings) == 2
