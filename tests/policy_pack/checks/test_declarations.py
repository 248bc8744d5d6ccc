"""Networks that tags declare, where a tag is not known: what it may declare is asked about, never guessed."""

import json
from dataclasses import replace

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, environment, right_network, right_private_network
from tests.policy_pack.shapes.subnets import route, tie
from tests.policy_pack.stacks import EXACT, Made, Ref, Rendering, Written, made, native, ref, render
from tests.policy_pack.verdicts import (
    COUNT,
    FOREIGN_GROUP,
    MISSING,
    NAT,
    PUBLIC,
    REACHES,
    SELF,
    SILENT,
    WEB_SERVER,
    Verdict,
    said_by,
    undetermined,
    verdict,
    violation,
)

Stack = tuple[Made, ...]

AIRFLOW: dict[str, Written] = {"mwaa:environment": "airflow"}
NOBODYS: dict[str, Written] = {"Name": "mine"}
RIGHT = right_network()
PRIVATE = right_private_network()


def tagged(stack: Stack, **tags: Written) -> Stack:
    """Return a stack with tags on resources, by logical name."""
    return tuple(
        replace(each, inputs={**each.inputs, "tags": tags[each.name]}) if each.name in tags else each
        for each in stack
    )


def declared(base: Stack = RIGHT, /, **tags: Written) -> Stack:
    """Return a network that tags declare, with other tags on some of its resources."""
    return tagged(changed(base, without=("env",)), **{"a": AIRFLOW, "b": AIRFLOW, "group": AIRFLOW, **tags})


def by_provider(stack: Stack, default_tags: Written) -> Stack:
    """Return a stack whose subnet `b` an explicit provider makes, which adds tags of its own."""
    inputs: dict[str, Written] = {"region": "eu-west-1"}
    if default_tags is not None:
        inputs["defaultTags"] = default_tags
    provider = Made("pulumi:providers:aws", "mine", inputs)
    return (provider, *(replace(each, provider="mine") if each.name == "b" else each for each in stack))


def _name_not_known(**tags: Written) -> dict[str, Written]:
    return {"Name": Opaque.COMPUTED, **tags}


_NAMED: Written = _name_not_known(**{"mwaa:environment": "airflow"})
_THIRD = made(
    "ec2/subnet:Subnet",
    "c",
    vpcId=ref("vpc"),
    cidrBlock="10.0.2.0/24",
    availabilityZone="eu-west-1c",
    tags=AIRFLOW,
)
MAY_DECLARE: list[tuple[str, Stack, Verdict]] = [
    ("all tags are known", declared(), SILENT),
    ("a third subnet has other tags", declared(public=NOBODYS), SILENT),
    ("one subnet's tags are not known", declared(b=Opaque.COMPUTED), undetermined("b", "tags")),
    ("one subnet's tags are secret", declared(b=Opaque.SECRET), undetermined("b", "tags")),
    (
        "the value of one subnet's tag is not known",
        declared(b={"mwaa:environment": Opaque.COMPUTED}),
        undetermined("b", "tags.mwaa:environment"),
    ),
    (
        "the value of one subnet's tag is secret",
        declared(b={"mwaa:environment": Opaque.SECRET}),
        undetermined("b", "tagsAll.mwaa:environment"),
    ),
    ("a third subnet's tags are not known", declared(public=Opaque.COMPUTED), undetermined("public", "tags")),
    ("the group's tags are not known", declared(group=Opaque.COMPUTED), undetermined("group", "tags")),
    (
        "the tags of all are not known but of one",
        declared(b=Opaque.COMPUTED, group=Opaque.COMPUTED),
        undetermined("b", "tags") | undetermined("group", "tags"),
    ),
    (
        "the tags of both subnets are not known",
        declared(a=Opaque.COMPUTED, b=Opaque.COMPUTED),
        undetermined("a", "tags"),
    ),
    (
        "nothing that is known declares anything",
        declared(a=Opaque.COMPUTED, b=Opaque.COMPUTED, group=Opaque.COMPUTED),
        SILENT,
    ),
    (
        "three are declared, and a fourth may be",
        (*declared(public=Opaque.COMPUTED), _THIRD, tie("association-c", "private-table", "c")),
        violation(COUNT, "a") | undetermined("public", "tags"),
    ),
    (
        "what is sure is said",
        (
            *declared(b=Opaque.COMPUTED),
            route("leak", ref("private-table"), destinationCidrBlock="0.0.0.0/1", gatewayId=ref("igw")),
        ),
        violation(PUBLIC, "a") | undetermined("b", "tags"),
    ),
    (
        "another group may have the rule that is missing",
        (
            *changed(declared(), without=("self",)),
            made("ec2/securityGroup:SecurityGroup", "other", vpcId=ref("vpc"), tags=Opaque.COMPUTED),
        ),
        undetermined("other", "tags"),
    ),
    (
        "a group of other tags has not",
        (
            *changed(declared(), without=("self",)),
            made("ec2/securityGroup:SecurityGroup", "other", vpcId=ref("vpc"), tags=NOBODYS),
        ),
        violation(SELF, "group"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), rows(MAY_DECLARE))
def test_what_has_tags_that_are_not_known_may_or_may_not_be_declared(
    stack: Stack, expected: Verdict, rendering: Rendering
) -> None:
    """Beside a declaration that is known; where none is, nothing is judged."""
    assert verdict(render(stack, rendering)) == expected


def test_a_subnet_that_nobody_looked_at_may_be_declared() -> None:
    """So one declared subnet is not taken for all there are."""
    stack = tuple(
        replace(each, inputs={}, outputs={}) if each.name == "b" else each
        for each in render(declared(), Rendering.PREVIEW)
    )
    assert said_by(COUNT, stack) == undetermined("b", "tags")


def _json(**tags: Written) -> str:
    return json.dumps({"tags": tags})


DEFAULTS: list[tuple[str, Stack, Verdict]] = [
    ("the provider adds none", by_provider(declared(b=_NAMED), None), SILENT),
    ("the provider adds others", by_provider(declared(b=_NAMED), _json(team="data")), SILENT),
    ("the provider is not at hand", declared(b=_NAMED), undetermined("b", "tagsAll")),
    (
        "the provider's are not known",
        by_provider(declared(b=_NAMED), Opaque.COMPUTED),
        undetermined("mine", "defaultTags"),
    ),
    (
        "the provider's are no JSON",
        by_provider(declared(b=_NAMED), "{"),
        undetermined("mine", "defaultTags"),
    ),
    (
        "the provider's tags are a list",
        by_provider(declared(b=_NAMED), '{"tags": []}'),
        undetermined("mine", "defaultTags.tags"),
    ),
    (
        "the provider adds the declaration",
        by_provider(declared(b=_name_not_known()), _json(**AIRFLOW)),
        SILENT,
    ),
    (
        "nobody adds the declaration",
        by_provider(declared(b=_name_not_known()), _json(**NOBODYS)),
        violation(COUNT, "a"),
    ),
    (
        "the program's own tag wins",
        by_provider(declared(b=_NAMED), _json(**{"mwaa:environment": "another"})),
        SILENT,
    ),
]


@pytest.mark.parametrize(("stack", "expected"), rows(DEFAULTS))
def test_where_one_tag_is_not_known_those_of_program_and_provider_tell(
    stack: Stack, expected: Verdict
) -> None:
    """For all tags together are then unknown."""
    assert verdict(render(stack, Rendering.PREVIEW)) == expected


def intended(base: Stack, a: Written, b: Written, *more: Made) -> Stack:
    """Return a network with an environment whose subnets have tags."""
    return (*tagged(base, a=a, b=b), *more)


PUBLICLY: dict[str, Written] = {"mwaa:routing": "public"}
PRIVATELY: dict[str, Written] = {"mwaa:routing": "private"}
_OPEN = undetermined("b", "tags")
_WITHOUT_NAT = changed(RIGHT, without=("private-route",))
_AIRFLOW_3 = made(
    "mwaa/environment:Environment",
    "env",
    **environment(["a", "b"], ["group"]).inputs,
    airflowVersion="3.0.6",
    webserverAccessMode="PUBLIC_ONLY",
)
ROUTINGS: list[tuple[str, Stack, Verdict]] = [
    ("none is stated", intended(RIGHT, NOBODYS, NOBODYS), SILENT),
    ("one subnet's tags are not known", intended(RIGHT, NOBODYS, Opaque.COMPUTED), _OPEN),
    ("one states it, the other may", intended(RIGHT, PRIVATELY, Opaque.COMPUTED), _OPEN),
    (
        "one states it, the other states none",
        intended(RIGHT, PRIVATELY, NOBODYS),
        violation(REACHES, "a", "b") | violation(MISSING, "vpc"),
    ),
    (
        "one states two, so that the other's mean nothing",
        intended(RIGHT, {"mwaa:routing": "public private"}, Opaque.COMPUTED),
        SILENT,
    ),
    ("no way out, and it may be declared public", intended(PRIVATE, NOBODYS, Opaque.COMPUTED), _OPEN),
    ("no way out, declared public", intended(PRIVATE, NOBODYS, PUBLICLY), violation(NAT, "a", "b")),
    (
        "the web server's way may be declared public",
        intended(changed(PRIVATE, _AIRFLOW_3), NOBODYS, Opaque.COMPUTED),
        _OPEN,
    ),
    (
        "the web server has no way",
        intended(changed(PRIVATE, _AIRFLOW_3), NOBODYS, NOBODYS),
        violation(WEB_SERVER, "env"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), rows(ROUTINGS))
def test_a_routing_that_tags_may_declare_is_asked_about(
    stack: Stack, expected: Verdict, rendering: Rendering
) -> None:
    """A network that reaches the internet, or does not, may be meant to do so."""
    assert verdict(render(stack, rendering)) == expected


def test_a_subnet_not_known_may_state_another_routing() -> None:
    """As long as it may be one of several."""
    network: dict[str, Written] = {
        "subnetIds": [ref("a"), Opaque.COMPUTED],
        "securityGroupIds": [ref("group")],
    }
    stack = changed(
        tagged(RIGHT, a=PRIVATELY, b=PUBLICLY),
        made("mwaa/environment:Environment", "env", networkConfiguration=network),
    )
    asked = undetermined("env", "networkConfiguration.subnetIds[1]")
    assert said_by(REACHES, render(stack, Rendering.DEPLOYED)) == asked
    agreeing = tagged(stack, b=PRIVATELY)
    assert said_by(REACHES, render(agreeing, Rendering.DEPLOYED)) == violation(REACHES, "a") | asked


APART: list[tuple[str, Stack, Verdict]] = [
    ("none of the environment's parts", tagged(RIGHT, public=AIRFLOW), violation(COUNT, "public")),
    ("one of them", tagged(RIGHT, public=AIRFLOW, group=AIRFLOW), SILENT),
    (
        "one of them, perhaps",
        tagged(RIGHT, public=AIRFLOW, group=Opaque.COMPUTED),
        undetermined("group", "tags"),
    ),
]


@pytest.mark.parametrize(("stack", "expected"), rows(APART))
def test_a_declared_network_that_may_be_an_environments_is_not_judged_apart(
    stack: Stack, expected: Verdict
) -> None:
    """The tags declare a subnet that is not the environment's, and..."""
    assert said_by(COUNT, render(stack, Rendering.DEPLOYED)) == expected


_NO_SELF = changed(RIGHT, without=("self",))
_LIST = undetermined("env", "networkConfiguration.securityGroupIds")
COMPLETE: list[tuple[str, Stack, Verdict]] = [
    ("nobody declares it", _NO_SELF, _LIST),
    ("it is declared", tagged(_NO_SELF, group=AIRFLOW), violation(SELF, "group")),
    ("it may be declared", tagged(_NO_SELF, group=Opaque.COMPUTED), _LIST),
    ("it declares nothing", tagged(_NO_SELF, group=NOBODYS), _LIST),
    ("it has the rule, and nobody declares it", RIGHT, SILENT),
]


@pytest.mark.parametrize(("stack", "expected"), rows(COMPLETE))
def test_a_declared_group_is_all_that_a_list_made_from_it_holds(stack: Stack, expected: Verdict) -> None:
    """A list that is unknown as a whole may else hold a group outside that has the rule."""
    assert said_by(SELF, render(stack, Rendering.LISTS)) == expected


def once_more(stack: Stack, mark: str, region: str = "eu-west-1") -> Stack:
    """Return a stack again, each name with a mark, in a Region by a provider of its own."""

    def moved(written: Written) -> Written:
        match written:
            case Ref(name, output):
                return Ref(f"{mark}-{name}", output)
            case str():
                return written.replace("eu-west-1", region)
            case list():
                return [moved(each) for each in written]
            case dict():
                return {key: moved(each) for key, each in written.items()}
            case _:
                return written

    return (
        Made("pulumi:providers:aws", mark, {"region": region}),
        *(
            replace(
                each,
                name=f"{mark}-{each.name}",
                inputs={key: moved(value) for key, value in each.inputs.items()},
                provider=mark,
            )
            for each in stack
        ),
    )


def test_an_environment_elsewhere_makes_no_declared_network_its_own() -> None:
    """Whatever the tags of its group turn out to be: no network is in two VPCs."""
    wrong = declared(public=AIRFLOW)
    elsewhere = once_more(tagged(RIGHT, group=Opaque.COMPUTED), "other")
    asked = said_by(COUNT, render((*wrong, *elsewhere), Rendering.DEPLOYED))
    assert asked == violation(COUNT, "a")


IRISH = once_more(declared(PRIVATE), "ie")
_WITHOUT_SELF = changed(declared(PRIVATE), without=("self",))
_GROUP_ALONE = tuple(each for each in declared() if each.name in {"vpc", "group", "self", "outbound"})
_NO_VPC_KNOWN: dict[str, Written] = {"vpcId": Opaque.SECRET, "tags": AIRFLOW}


def _subnet(name: str, **inputs: Written) -> Made:
    return made("ec2/subnet:Subnet", name, cidrBlock="10.0.3.0/24", **inputs)


def _group(name: str, **inputs: Written) -> Made:
    return made("ec2/securityGroup:SecurityGroup", name, tags=AIRFLOW, **inputs)


_ANOTHER_VPC = (made("ec2/vpc:Vpc", "other", cidrBlock="10.9.0.0/16"),)
SEVERAL: list[tuple[str, Stack, Verdict]] = [
    ("a network in each of two Regions", (*IRISH, *once_more(declared(PRIVATE), "us", "us-east-1")), SILENT),
    ("a network in each of two VPCs of a Region", (*IRISH, *once_more(declared(PRIVATE), "two")), SILENT),
    (
        "one of two lacks a rule that the other has",
        (*IRISH, *once_more(_WITHOUT_SELF, "two")),
        violation(SELF, "two-group"),
    ),
    (
        "an environment uses one of two",
        (*once_more(declared(), "one"), *tagged(RIGHT, a=AIRFLOW, b=AIRFLOW, group=AIRFLOW)),
        SILENT,
    ),
    (
        "subnets in two VPCs are one of each network, and a group belongs to the one in its VPC",
        (*declared(b=NOBODYS), *once_more(declared(b=NOBODYS), "two")),
        violation(COUNT, "a", "two-a"),
    ),
    (
        "a group of another VPC, beside subnets in one alone",
        (*declared(), *once_more(_GROUP_ALONE, "two")),
        violation(FOREIGN_GROUP, "two-group"),
    ),
    (
        "a group in a third VPC, beside subnets in two, is a network of its own",
        (*declared(), *once_more(declared(), "two"), *once_more(_GROUP_ALONE, "three")),
        SILENT,
    ),
    (
        "a group in another Region is a network of its own",
        (*declared(), *once_more(changed(_GROUP_ALONE, without=("self",)), "us", "us-east-1")),
        violation(SELF, "us-group"),
    ),
    (
        "groups in two VPCs without subnets are two networks",
        (
            *once_more(_GROUP_ALONE, "one"),
            *once_more(changed(_GROUP_ALONE, without=("self",)), "two"),
        ),
        violation(SELF, "two-group"),
    ),
    (
        "tags that are not known, in one of two VPCs",
        (*declared(), *once_more(declared(public=Opaque.COMPUTED), "two")),
        undetermined("two-public", "tags"),
    ),
    (
        "a subnet whose VPC is not known, beside subnets in one VPC, is the third of them",
        (*declared(), _subnet("c", **_NO_VPC_KNOWN)),
        violation(COUNT, "a") | undetermined("c", "vpcId"),
    ),
    (
        "what names a VPC is in its Region, whatever it says itself",
        (*declared(), _group("more", vpcId=ref("vpc"), region="us-east-1")),
        SILENT,
    ),
    (
        "a group of another VPC, whose Region is not known, may be a network of its own",
        (*declared(), *_ANOTHER_VPC, _group("more", vpcId=ref("other"), region=Opaque.COMPUTED)),
        undetermined("more", "region"),
    ),
    (
        "a subnet whose VPC is not known may be of either of two networks",
        (*declared(), *once_more(declared(), "two"), _subnet("c", **_NO_VPC_KNOWN)),
        undetermined("c", "vpcId"),
    ),
]


@pytest.mark.parametrize(("stack", "expected"), rows(SEVERAL))
def test_a_name_declares_a_network_in_each_vpc(stack: Stack, expected: Verdict) -> None:
    """What surely lies apart is not counted together."""
    checks = {COUNT, SELF, FOREIGN_GROUP}
    rendered = render(stack, Rendering.DEPLOYED)
    assert frozenset().union(*(said_by(each, rendered) for each in checks)) == expected


def test_networks_of_one_name_are_told_apart_by_region_where_their_vpcs_are_not_known() -> None:
    """As where the VPCs are another stack's."""
    hidden = [
        replace(each, inputs={**each.inputs, "vpcId": Opaque.SECRET}) if "vpcId" in each.inputs else each
        for each in declared()
    ]
    stack = (*once_more(tuple(hidden), "ie"), *once_more(tuple(hidden), "us", "us-east-1"))
    assert said_by(COUNT, render(stack, Rendering.DEPLOYED)) == SILENT


_UNTOLD: Written = [Opaque.COMPUTED, {"key": "Name", "value": "b"}]
_PAIRS: list[tuple[str, Written, Verdict]] = [
    ("one with its key", [{"key": "mwaa:environment", "value": "airflow"}], SILENT),
    ("one not known", _UNTOLD, undetermined("b", "tags")),
    ("one whose key is not known", [{"key": Opaque.COMPUTED, "value": "x"}], undetermined("b", "tags")),
    (
        "one whose value is not known",
        [{"key": "mwaa:environment", "value": Opaque.COMPUTED}],
        undetermined("b", "tags.mwaa:environment"),
    ),
    ("one whose key is secret", [{"key": Opaque.SECRET, "value": "x"}], undetermined("b", "tags")),
    ("none", [], violation(COUNT, "a")),
]


@pytest.mark.parametrize(("tags", "expected"), rows(_PAIRS))
def test_a_list_of_tags_may_hold_the_declaration(tags: Written, expected: Verdict) -> None:
    """As aws-native writes them."""
    other = native(
        "ec2:Subnet", "b", vpcId=ref("vpc"), cidrBlock="10.0.1.0/24", availabilityZone="eu-west-1b", tags=tags
    )
    assert said_by(COUNT, render(changed(declared(), other), Rendering.PREVIEW)) == expected
