"""Which texts of a program a message quotes: those of a form that AWS documents, and logical names."""

from dataclasses import replace

import pytest

from mwaa_guardrails.aws.model import Environment, Origin
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.messages import finding_text, words
from tests.policy_pack.networks import changed, right_network
from tests.policy_pack.shapes.policies import DAGS, FULL, LAYERS_ONLY, env, interface, s3, statement
from tests.policy_pack.shapes.subnets import subnet
from tests.policy_pack.stacks import Made, Rendering, made, ref, render
from tests.policy_pack.verdicts import POLICY, S3_POLICY, SHARED_ZONE

_SUBNET = Origin(urn="", type="aws:ec2/subnet:Subnet", name="")


def _said(check: str, stack: tuple[Made, ...]) -> str:
    """Return the only thing that a check says of a stack."""
    evaluation = evaluate(render(stack, Rendering.DEPLOYED))
    (text,) = (finding_text(each) for each in evaluation.violations if each.check == check)
    return text


@pytest.mark.parametrize(
    ("zone", "quoted"),
    [
        ("eu-west-1a", "eu-west-1a"),
        ("us-west-2-lax-1a", "us-west-2-lax-1a"),
        ("euw1-az1", "euw1-az1"),
        ("usw2-wl1-las-wlz1", "usw2-wl1-las-wlz1"),
        ("hunter2\n::error:: pwned", "a zone of a name that AWS does not give"),
        ("hunter2-secret", "a zone of a name that AWS does not give"),
    ],
)
def test_a_zone_is_quoted_in_the_form_of_a_name_or_an_id(zone: str, quoted: str) -> None:
    """Another text may be anything."""
    stack = changed(right_network(), *(subnet(name, availabilityZone=zone) for name in "ab"))
    assert f"each in {quoted}\n" in _said(SHARED_ZONE, stack)


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("etl", 'the network declared for environment "etl"'),
        ("etl.dev", 'the network declared for environment "etl.dev"'),
        ("::error::", "the network declared for environment (its name is not shown)"),
        ("a" * 81, "the network declared for environment (its name is not shown)"),
    ],
)
def test_an_environment_is_called_by_a_name_it_can_have(name: str, quoted: str) -> None:
    """A tag can hold any text."""
    declared = Environment(origin=_SUBNET, name=name, declared=True, subnets=(), security_groups=())
    assert words.environment(declared) == quoted


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("private a", 'subnet "private a"'),
        ("é", 'subnet "é"'),
        ("a\n::error::", 'subnet "a\\n::error::"'),
        ("\x1b[31m\u202e", 'subnet "\\x1b[31m\\u202e"'),
        ("\ud800", 'subnet "\\ud800"'),
    ],
)
def test_a_logical_name_is_shown_with_escapes(name: str, label: str) -> None:
    """For what a terminal would obey, or cannot show."""
    assert words.label(replace(_SUBNET, name=name)) == label


@pytest.mark.parametrize(
    ("denied", "shown"),
    [
        (f"{DAGS}/plugins.zip", f"{DAGS}/plugins.zip"),
        (f"{DAGS}/\x1b[31m", "some resource"),
        (f"{DAGS}/é", "some resource"),
    ],
)
def test_a_resource_of_a_policy_document_is_quoted_as_a_plain_arn(denied: str, shown: str) -> None:
    """An example of what a statement denies has the statement's own letters in it."""
    stack = s3(FULL, statement("Deny", Action="s3:GetObject", Resource=denied))
    assert f"- s3:GetObject on {shown} (DAGs" in _said(S3_POLICY, stack)


def test_half_a_character_makes_a_text_no_policy_document() -> None:
    """JSON can spell one by its escape, and no API can be sent it."""
    stack = interface("monitoring", FULL, statement("Deny", Resource="\ud800"))
    assert "is no policy document" in _said(POLICY, stack)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("our-dags", "arn:aws:s3:::our-dags/dags/example.py"),
        ("Hunter 2", "arn:aws:s3:::the-bucket-with-the-dags/dags/example.py"),
    ],
)
def test_a_bucket_is_called_by_a_name_it_can_have(name: str, shown: str) -> None:
    """Of another name nobody knows which bucket is meant."""
    stack = changed(
        s3(LAYERS_ONLY),
        made("s3/bucket:Bucket", "bucket", bucket=name),
        env(sourceBucketArn=ref("bucket", "arn")),
    )
    (text,) = (
        finding_text(each)
        for each in evaluate(render(stack, Rendering.PREVIEW)).violations
        if each.check == S3_POLICY
    )
    assert f"- s3:GetObject on {shown} (" in text
