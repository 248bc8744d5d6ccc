"""The pack as a process of its own says what the library says, and tells the engine all about itself."""

from collections.abc import Iterator
from dataclasses import replace

import grpc
import pytest
from pulumi.runtime import proto

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.messages import finding_text, question_texts
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import changed, entry, environment, right_network
from tests.policy_pack.pack_process import PACK, Pack, Report, running_pack
from tests.policy_pack.stacks import EXACT, Rendering, made, ref, render

RIGHT = right_network()
SELF = "security-group-lacks-self-reference"
COUNT = "subnet-count-not-two"
ACL = "network-acl-blocks-required-traffic"
_CIDR_FOR_SELF = changed(
    RIGHT,
    made(
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "self",
        securityGroupId=ref("group"),
        cidrIpv4="10.0.0.0/16",
        ipProtocol="-1",
    ),
)
BROKEN = changed(
    RIGHT,
    entry("in", 100, egress=False, cidrBlock=Opaque.COMPUTED),
    environment(["a", "b", "public"], ["group"]),
    without=("self",),
)


@pytest.fixture(scope="module", name="pack")
def started_pack() -> Iterator[Pack]:
    """Return one running pack for the tests of this module."""
    with running_pack() as pack:
        pack.configure({}, {})
        yield pack


@pytest.mark.parametrize("rendering", EXACT)
def test_the_process_reports_what_the_library_finds(pack: Pack, rendering: Rendering) -> None:
    """Nothing is lost or added on the way through the SDK and the wire."""
    resources = render(BROKEN, rendering)
    evaluation = evaluate(resources)
    titles = {check.id: check.title for check in ALL_CHECKS}
    expected = [
        Report(each.check, proto.MANDATORY, each.subject.urn, f"{titles[each.check]}\n{finding_text(each)}")
        for each in evaluation.violations
    ] + [
        Report(
            "undetermined",
            proto.ADVISORY,
            urn,
            f"What cannot be known yet has no verdict.\n{text}",
        )
        for urn, text in question_texts(evaluation.undetermined)
    ]
    assert len(expected) > 2
    assert pack.analyze(resources) == expected


@pytest.mark.parametrize("rendering", EXACT)
def test_a_right_network_passes_without_a_word(pack: Pack, rendering: Rendering) -> None:
    """A first preview of a right network is as silent as the deployed stack."""
    assert pack.analyze(render(RIGHT, rendering)) == []


def test_the_inputs_decide_what_a_preview_cannot_show(pack: Pack) -> None:
    """An ACL whose entries nobody stated has none, although the engine shows them as unknown."""
    resources = render(changed(RIGHT, without=("in",)), Rendering.PREVIEW)
    assert next(each for each in resources if each.name == "acl").outputs["ingress"] is Opaque.COMPUTED
    assert [report.policy for report in pack.analyze(resources)] == [ACL]


def test_what_a_program_only_reads_is_judged_by_its_outputs(pack: Pack) -> None:
    """`policy analyze` shows such resources without inputs; it makes no difference what they are."""
    for stack in (RIGHT, BROKEN):
        resources = render(stack, Rendering.DEPLOYED)
        read = [each if each.name == "env" else replace(each, inputs={}) for each in resources]
        assert pack.analyze(read) == pack.analyze(resources)


def test_a_stack_larger_than_grpc_takes_by_default_is_judged(pack: Pack) -> None:
    """Eight megabytes of other resources change nothing."""
    others = [
        made("s3/bucketObject:BucketObject", f"object-{number}", content="x" * 4096) for number in range(2000)
    ]
    resources = render((*BROKEN, *others), Rendering.DEPLOYED)
    assert pack.analyze(resources) == pack.analyze(render(BROKEN, Rendering.DEPLOYED))


def test_a_secret_is_neither_read_nor_quoted(pack: Pack) -> None:
    """A secret value is unknown to every check, and its text appears nowhere."""
    stack = changed(RIGHT, entry("in", 100, egress=False, cidrBlock=Opaque.SECRET))
    (report,) = pack.analyze(render(stack, Rendering.DEPLOYED))
    assert report.policy == "undetermined"
    assert "cidrBlock" in report.message
    assert "canary" not in report.message


@pytest.mark.parametrize(
    ("substitutes", "policies"),
    [("refuse", [SELF]), ("advise", ["advice"]), ("accept", [])],
)
def test_an_administrator_moves_substitutes_by_policy_configuration(
    substitutes: str, policies: list[str]
) -> None:
    """A CIDR block in place of the self reference is refused, advised against or accepted."""
    with running_pack() as pack:
        pack.configure({SELF: proto.MANDATORY}, {SELF: {"substitutes": substitutes}})
        reports = pack.analyze(render(_CIDR_FOR_SELF, Rendering.DEPLOYED))
    assert [report.policy for report in reports] == policies


def test_a_disabled_check_neither_reports_nor_asks() -> None:
    """What only a disabled check cannot know is no open question."""
    stack = changed(BROKEN, entry("in", 100, egress=False))
    with running_pack() as pack:
        pack.configure({COUNT: proto.DISABLED, SELF: proto.ADVISORY}, {})
        reports = pack.analyze(render(stack, Rendering.DEPLOYED))
    assert {(each.policy, each.level) for each in reports} == {
        (SELF, proto.ADVISORY),
        ("subnet-routes-to-internet-gateway", proto.MANDATORY),
    }


def test_neither_a_disabled_check_nor_disabled_advice_advises() -> None:
    """What a check only advises goes with the check, and all advice with its policy."""
    stack = render(_CIDR_FOR_SELF, Rendering.DEPLOYED)
    for disabled in (SELF, "advice"):
        with running_pack() as pack:
            levels = {SELF: proto.MANDATORY, "advice": proto.ADVISORY, disabled: proto.DISABLED}
            pack.configure(levels, {SELF: {"substitutes": "advise"}})
            assert pack.analyze(stack) == []


@pytest.mark.parametrize(
    ("policy", "option", "told"),
    [
        (SELF, "substitute", f"{SELF}: unknown option 'substitute'; it takes substitutes"),
        (COUNT, "substitutes", f"{COUNT}: unknown option 'substitutes'; it takes no options"),
    ],
)
def test_an_option_that_no_policy_knows_is_refused(pack: Pack, policy: str, option: str, told: str) -> None:
    """The engine passes a misspelt option on, and nothing would come of it."""
    with pytest.raises(grpc.RpcError) as refused:
        pack.configure({policy: proto.MANDATORY}, {policy: {option: "accept"}})
    assert refused.value.details() == told
    pack.configure({}, {})


@pytest.mark.parametrize(("level", "at_once"), [(proto.MANDATORY, True), (proto.ADVISORY, False)])
def test_an_update_stops_before_an_environment_that_nothing_can_mend(level: int, at_once: bool) -> None:  # noqa: FBT001 - a column of the table
    """It is said once: when the environment is registered if that stops the engine, else in the end."""
    stack = render(changed(RIGHT, environment(["a", "b", "public"], ["group"])), Rendering.DEPLOYED)
    with running_pack() as pack:
        pack.begin(dry_run=False)
        pack.configure({COUNT: level}, {})
        registered, judged = pack.register(stack), pack.judge(stack)
    told = [(each.policy, each.level) for each in registered]
    assert told == ([(COUNT, proto.MANDATORY)] if at_once else [])
    assert [each.policy for each in (*registered, *judged)].count(COUNT) == 1
    titles = {check.id: check.title for check in ALL_CHECKS}
    assert all(each.message.startswith(f"{titles[COUNT]}\n{COUNT}: ") for each in registered)
    assert all(each.urn.endswith("::env") for each in registered)


def test_a_preview_reports_in_the_end_alone() -> None:
    """There the stack as a whole is judged anyway, before anything is created."""
    stack = render(changed(RIGHT, environment(["a"], ["group"])), Rendering.PREVIEW)
    with running_pack() as pack:
        pack.begin(dry_run=True)
        pack.configure({}, {})
        assert pack.register(stack) == []
        assert [each.policy for each in pack.judge(stack)] == [COUNT]


def test_the_pack_tells_the_engine_about_each_policy(pack: Pack) -> None:
    """Names are the checks' ids, and each policy has severity, framework, steps and a page."""
    info = pack.info()
    assert info.name == "mwaa-guardrails"
    assert [policy.name for policy in info.policies] == [
        *(check.id for check in ALL_CHECKS),
        "advice",
        "undetermined",
        "exemptions",
        "settings",
    ]
    levels = {policy.name: policy.enforcementLevel for policy in info.policies}
    assert levels == {
        **{
            check.id: proto.MANDATORY if check.level is Level.MANDATORY else proto.ADVISORY
            for check in ALL_CHECKS
        },
        "advice": proto.ADVISORY,
        "undetermined": proto.ADVISORY,
        "exemptions": proto.ADVISORY,
        "settings": proto.ADVISORY,
    }
    for policy in info.policies:
        assert policy.policy_type == proto.POLICY_TYPE_STACK
        assert policy.severity
        assert policy.framework.name
        assert policy.framework.version
        assert policy.framework.reference
        assert policy.framework.specification
        assert policy.remediation_steps.endswith(".")
        assert policy.url.startswith(("https://docs.aws.amazon.com/", "https://www.pulumi.com/registry/"))


def test_the_steps_of_each_check_name_its_page_and_its_schema_its_options(pack: Pack) -> None:
    """The page is there, and the schema has what the check takes."""
    policies = {policy.name: policy for policy in pack.info().policies}
    for check in ALL_CHECKS:
        page = f"docs/checks/{check.id}.md"
        assert page in policies[check.id].remediation_steps
        assert (PACK.parent / page).is_file()
        assert ("substitutes" in policies[check.id].configSchema.properties) == check.knows_substitutes
