"""Random stacks: networks of this repository's tests in which some property bags are spoilt.

A run is made of chunks, each from a seed of its own, so that whatever fails can be had again.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from mwaa_guardrails.evaluation import Evaluation, evaluate, evaluate_registration
from mwaa_guardrails.messages import failure_text, finding_text, question_texts
from mwaa_guardrails.reading.network import READ_TYPES
from mwaa_guardrails.reading.registration import is_environment
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.reading.spellings import GENERIC
from tests.policy_pack.fuzz.values import CANARY, PLAUSIBLE, bag, one_of, policy, shaped, value
from tests.policy_pack.laws.sabotages import random_sabotage
from tests.policy_pack.native_networks import right_native_network, right_private_native_network
from tests.policy_pack.networks import right_network, right_private_network
from tests.policy_pack.stacks import Rendering, render

BAGS_PER_CHUNK: Final = 500
_MOST_BAGS: Final = 8
_SABOTAGES: Final = 24
_SHAPED: Final = 0.6
_PROVIDER: Final[Mapping[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "local_cloud" / "provider.json").read_text(encoding="utf-8")
)
FLAGS: Final[Mapping[str, Mapping[str, Any]]] = {
    type_: each["properties"] for type_, each in _PROVIDER.items() if each["properties"]
}
# Properties that only other spellings of these types have.
_OTHER_KEYS: Final = (
    *("desiredState", "properties", "typeName", "type", "outputs", "securityGroupIngress", "ipProtocol"),
    *("securityGroupEgress", "groupId", "cidrIp", "cidrIpv6", "sourceSecurityGroupId", "policyDocument"),
    *("destinationSecurityGroupId", "awsId", "subnetId", "vpcId", "prefixListName", "bucketName", "id"),
)
_GENERIC_KEYS: Final = ("desiredState", "properties", "typeName", "type", "outputs")
_GENERIC_TYPES: Final = ("AWS::EC2::VPCEndpoint", "aws::ec2::securitygroup", "AWS::EC2::Subnet")
TYPES: Final = tuple(sorted(READ_TYPES | set(FLAGS)))


def _nested_names(flags: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, each in flags.items():
        yield name
        yield from _nested_names(each.get("nested", {}))


KEYS: Final = tuple(
    sorted(
        {*_OTHER_KEYS, *(name for type_ in READ_TYPES & set(FLAGS) for name in _nested_names(FLAGS[type_]))}
    )
)


class BrokenError(Exception):
    """What a stack of malformed properties broke; the text says what, and how to have it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of some random stacks.

    Attributes:
        bags: How many property bags were spoilt.
        stacks: In how many stacks.
        findings: How many findings there were.
        questions: How many open questions there were.
        slowest: The seconds of computing that the slowest stack took.
    """

    bags: int = 0
    stacks: int = 0
    findings: int = 0
    questions: int = 0
    slowest: float = 0.0

    def __add__(self, other: "Told") -> "Told":
        """Return both together."""
        return Told(
            bags=self.bags + other.bags,
            stacks=self.stacks + other.stacks,
            findings=self.findings + other.findings,
            questions=self.questions + other.questions,
            slowest=max(self.slowest, other.slowest),
        )


def chunk(seed: str) -> Told:
    """Judge random stacks until enough bags are spoilt.

    Raises:
        BrokenError: A stack broke the evaluation or a text, or a text quotes what it must not.
    """
    random = Random(seed)  # noqa: S311 - examples, not secrets
    told = Told()
    while told.bags < BAGS_PER_CHUNK:
        count = random.randrange(1, _MOST_BAGS + 1)
        resources = spoilt(random, count)
        start = time.process_time()
        try:
            evaluation = judged(resources)
        except Exception as error:
            raise BrokenError(f"seed {seed}, after {told.stacks} stacks: {error!r}") from error
        told += Told(
            bags=count,
            stacks=1,
            findings=len(evaluation.violations) + len(evaluation.advice),
            questions=len(evaluation.undetermined),
            slowest=time.process_time() - start,
        )
    return told


def judged(resources: Sequence[Resource]) -> Evaluation:
    """Return what is said of a stack, once it is clear that all of it can be shown to a user.

    Raises:
        BrokenError: Something failed, or a text quotes what it must not.
    """
    evaluation = evaluate(resources)
    texts = [finding_text(each) for each in (*evaluation.violations, *evaluation.advice)]
    texts += [text for _, text in question_texts(evaluation.undetermined)]
    texts += [failure_text(each) for each in evaluation.failures]
    for index, each in enumerate(resources):
        if is_environment(each):
            texts += [finding_text(said) for said in evaluate_registration(each, resources[:index])]
    if evaluation.failures:
        raise BrokenError(repr(evaluation.failures))
    # The log groups of an environment are named after it, and a policy of an endpoint names them.
    named = [f"airflow-{name}-" for each in resources if is_environment(each) for name in _names(each)]
    for text in texts:
        if CANARY in _without(text, named):
            raise BrokenError(f"a text quotes what it must not:\n{text}")
        if not all(each.isprintable() for each in text.split("\n")):
            raise BrokenError(f"a text that no terminal should be sent:\n{text!r}")
    return evaluation


def spoilt(random: Random, count: int) -> tuple[Resource, ...]:
    """Return a network of which some property bags are spoilt, or resources of random bags added."""
    resources = list(one_of(random, _networks()))
    urns = [each.urn for each in resources]
    for number in range(count):
        if random.random() < 0.2:
            resources.append(_added(random, number, urns))
        else:
            index = random.randrange(len(resources))
            resources[index] = _spoil(random, resources[index], urns)
    return tuple(resources)


@cache
def _networks() -> tuple[tuple[Resource, ...], ...]:
    """Return right networks and sabotaged ones, known and at a first preview."""
    random = Random(0)  # noqa: S311 - examples, not secrets
    right = (
        right_network(),
        right_private_network(),
        right_native_network(),
        right_private_native_network(),
    )
    stacks = (*right * 4, *(random_sabotage(random.choice) for _ in range(_SABOTAGES)))
    return tuple(render(stack, rendering) for stack in stacks for rendering in Rendering)


def _spoil(random: Random, resource: Resource, urns: Sequence[str]) -> Resource:
    type_ = one_of(random, TYPES) if random.random() < 0.1 else resource.type
    changes = _properties(random, type_, resource)
    depends = dict(resource.property_dependencies)
    if random.random() < 0.2:
        depends = {key: tuple(random.sample(urns, random.randrange(4))) for key in changes}
    return replace(
        resource,
        type=type_,
        inputs={**resource.inputs, **changes},
        outputs={**resource.outputs, **changes, **_blurred(random, resource.outputs)},
        property_dependencies=depends,
    )


def _properties(random: Random, type_: str, resource: Resource) -> dict[str, Value]:
    if type_ in FLAGS and random.random() < _SHAPED:
        return _of_type(random, type_)
    own = tuple(resource.inputs) or KEYS
    changed = {key: value(random, KEYS) for key in random.sample(own, min(len(own), random.randrange(3)))}
    if "policy" in own and random.random() < 0.7:
        changed["policy"] = policy(random)
    return changed if random.random() < 0.7 else {**changed, **bag(random, KEYS)}


def _of_type(random: Random, type_: str) -> dict[str, Value]:
    if type_ in GENERIC:
        named = one_of(random, _GENERIC_TYPES)
        state = policy(random) if random.random() < _SHAPED else _state(random)
        return {"typeName": named, "type": named, "desiredState": state, **bag(random, _GENERIC_KEYS)}
    return shaped(random, FLAGS[type_]) if type_ in FLAGS else bag(random, KEYS)


def _state(random: Random) -> str:
    """Return the properties of a Cloud Control resource: JSON, sometimes deeper than any type's."""
    depth = one_of(random, (0, 0, 1, 30, 50, 300, 900))
    texts = [one_of(random, PLAUSIBLE) for _ in range(3)]
    own = {f"{one_of(random, KEYS)}": each for each in texts if not isinstance(each, Opaque)}
    return '{"VpcId":' * depth + json.dumps(own) + "}" * depth


def _blurred(random: Random, outputs: Mapping[str, Value]) -> dict[str, Value]:
    if random.random() < 0.8 or not outputs:
        return {}
    return {one_of(random, tuple(outputs)): one_of(random, (Opaque.COMPUTED, Opaque.SECRET, None, ()))}


def _added(random: Random, number: int, urns: Sequence[str]) -> Resource:
    type_ = one_of(random, TYPES)
    inputs = _of_type(random, type_)
    return Resource(
        urn=f"urn:pulumi:dev::test::{type_}::added-{number}",
        type=type_,
        name=f"added-{number}",
        inputs=inputs if random.random() < 0.9 else {},
        outputs={**inputs, **bag(random, KEYS)} if random.random() < 0.9 else {},
        dependencies=tuple(random.sample(urns, random.randrange(3))),
        property_dependencies={key: (one_of(random, urns),) for key in inputs if random.random() < 0.4},
    )


def _names(environment: Resource) -> Iterator[str]:
    for properties in (environment.inputs, environment.outputs):
        name = properties.get("name")
        if isinstance(name, str):
            yield name


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text
