"""A network ACL of random entries: order, spelling, knowledge and unrelated networks change no verdict."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.laws.examples import LAWS
from tests.policy_pack.networks import ALL_IPV4, changed, entry, right_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import verdict

RIGHT = right_network()

_ACTIONS = st.sampled_from(["allow", "deny"])
_BLOCKS = st.sampled_from(
    [ALL_IPV4, "10.0.0.0/16", "10.0.1.0/24", "0.0.0.0/1", "52.0.0.0/8", "203.0.113.0/24"]
)
_PORTS = st.sampled_from([(0, 65535), (443, 443), (5432, 5432), (1024, 65535), (32768, 60999), (22, 22)])
_PROTOCOLS = st.sampled_from(["-1", "tcp", "6", "17", "all"])


@st.composite
def entries(draw: st.DrawFn) -> tuple[Made, ...]:
    """Return a few entries with numbers of their own."""
    numbers = draw(st.lists(st.integers(1, 300), unique=True, max_size=5))
    made_: list[Made] = []
    for number in numbers:
        low, high = draw(_PORTS)
        made_.append(
            entry(
                f"entry-{number}",
                number,
                egress=draw(st.booleans()),
                ruleAction=draw(_ACTIONS),
                protocol=draw(_PROTOCOLS),
                cidrBlock=draw(_BLOCKS),
                fromPort=low,
                toPort=high,
            )
        )
    return tuple(made_)


@LAWS
@given(entries(), st.randoms(use_true_random=False))
def test_neither_order_nor_time_changes_a_verdict(extra: tuple[Made, ...], random: object) -> None:
    """Whatever the order of the resources, before deployment and after it."""
    stack = changed(RIGHT, *extra)
    preview = list(render(stack, Rendering.PREVIEW))
    expected = verdict(preview)
    random.shuffle(preview)  # type: ignore[attr-defined] # Hypothesis's source of randomness
    assert verdict(preview) == expected
    assert verdict(render(stack, Rendering.DEPLOYED)) == expected


@LAWS
@given(entries())
def test_inline_and_separate_entries_are_the_same(extra: tuple[Made, ...]) -> None:
    """An ACL is what its entries say, wherever they are written."""
    lines: dict[bool, list[Written]] = {False: [], True: []}
    for each in extra:
        inline: dict[str, Written] = {
            key: each.inputs[key] for key in ("protocol", "cidrBlock", "fromPort", "toPort")
        }
        lines[bool(each.inputs["egress"])].append(
            {**inline, "ruleNo": each.inputs["ruleNumber"], "action": each.inputs["ruleAction"]}
        )
    bare = changed(RIGHT, without=("in", "out"))
    acl = made(
        "ec2/networkAcl:NetworkAcl",
        "acl",
        vpcId=ref("vpc"),
        subnetIds=[ref("a"), ref("b")],
        ingress=lines[False],
        egress=lines[True],
    )
    separate = verdict(render(changed(bare, *extra), Rendering.PREVIEW))
    assert verdict(render(changed(bare, acl), Rendering.PREVIEW)) == separate


@LAWS
@given(
    entries(), st.sampled_from(["cidrBlock", "ruleAction", "ruleNumber", "protocol", "fromPort"]), st.data()
)
def test_what_becomes_known_only_sharpens(extra: tuple[Made, ...], key: str, data: st.DataObject) -> None:
    """A violation seen despite an unknown property is there when it is known."""
    stack = changed(RIGHT, *extra)
    known = render(stack, Rendering.DEPLOYED)
    name = data.draw(st.sampled_from([each.name for each in known if each.type.endswith("NetworkAclRule")]))
    blurred = tuple(
        replace(
            each,
            inputs={**each.inputs, key: Opaque.COMPUTED},
            outputs={**each.outputs, key: Opaque.COMPUTED},
        )
        if each.name == name
        else each
        for each in known
    )
    certain = {each for each in verdict(blurred) if each[2] == "violation"}
    assert certain <= verdict(known)


@LAWS
@given(entries())
def test_an_unrelated_network_changes_nothing(extra: tuple[Made, ...]) -> None:
    """Another VPC of the same block, with an ACL that denies all."""
    stack = changed(RIGHT, *extra)
    more = (
        made("ec2/vpc:Vpc", "other-vpc", cidrBlock="10.0.0.0/16"),
        made("ec2/subnet:Subnet", "other-a", vpcId=ref("other-vpc"), cidrBlock="10.0.0.0/24"),
        made("ec2/networkAcl:NetworkAcl", "other-acl", vpcId=ref("other-vpc"), subnetIds=[ref("other-a")]),
        made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "other-group", vpcId=ref("other-vpc")),
    )
    for rendering in EXACT:
        assert verdict(render(changed(stack, *more), rendering)) == verdict(render(stack, rendering))
