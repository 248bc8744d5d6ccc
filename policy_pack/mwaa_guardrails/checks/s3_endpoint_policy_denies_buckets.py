"""With private routing the S3 endpoint's policy must let through image layers and the environment's bucket.

## What it does

Asks the policy document of each S3 endpoint that the environment uses, as IAM would answer:

- `s3:GetObject` on all objects of the Region's starport layer bucket, which belongs to AWS, and on all
  objects of the environment's bucket;
- each of the execution role's patterns of actions: `s3:GetObject*` on the objects of that bucket,
  `s3:GetBucket*` and `s3:List*` on the bucket itself. A policy that allows no action of a pattern is at
  fault. One that allows only some is advised to allow them all, for no page lists the actions that an
  environment uses.

A pattern counts as all it can match, so several statements may allow together what none of them allows alone,
and an explicit Deny wins. An endpoint without a policy has full access. The check speaks of private routing
only: of environments, and of networks that tags declare for one.

Where an interface endpoint of S3 has private DNS, S3's name leads there, and a gateway endpoint's policy is
not asked. Else the gateway endpoints of the subnets' route tables are; where there is none, the interface
endpoints are.

## Why is this bad?

Amazon ECR keeps the layers of the environment's images in the starport layer bucket, and the environment
reads its DAGs, plugins and requirements from its own bucket. With either shut out its creation fails, or its
tasks do. The guide's example names only the first bucket, with a placeholder where the Region belongs.

## Known limits

- Where the name of the bucket cannot be known, only what holds for every bucket is said: a policy that allows
  nothing outside starport layer buckets denies the environment's bucket, whichever it is.
- A statement with a condition, a principal by name or a variable in a resource may allow or deny what it is
  about, and gives no verdict. Conditions on who owns the resource do: AWS owns the starport layer bucket. As
  they may be lifted for AWS in a way nobody sees, the verdict is advice.
- A policy that cannot be known at a first preview is undetermined.
- A policy of more than 20,480 characters is at fault, for EC2 refuses it. pulumi-aws sends it without white
  space. Where another provider may send white space, what is too long only with it is undetermined.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import Environment, NetworkModel, Service, VpcEndpoint
from mwaa_guardrails.aws.statements import Effect, PolicyDocument
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoint_policies import Need, findings, judge
from mwaa_guardrails.documents.facts import (
    EXECUTION_ROLE_DENIED_S3_ACTION,
    EXECUTION_ROLE_S3_ACTIONS,
    S3,
    STARPORT_ACTIONS,
    partition,
    starport_layer_bucket,
)
from mwaa_guardrails.documents.requirements import (
    ENDPOINT_POLICIES_FOR_PRIVATE_ROUTING_ONLY,
    ENDPOINT_POLICY_DOCUMENT_FORM,
    ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED,
    ENDPOINT_POLICY_REQUIRED_IN_PRIVATE_ROUTING,
    EXECUTION_ROLE_READS_BUCKET,
    NO_ENDPOINT_POLICY_IS_FULL_ACCESS,
    S3_GATEWAY_POLICY_DAG_BUCKET_TOO,
    S3_GATEWAY_POLICY_STARPORT,
)
from mwaa_guardrails.faults import BucketSlip, DeniedRequests, Grant, RequestPurpose, SlippedBucket
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.globs import Globs, Language
from mwaa_guardrails.unknown import Unknown

# What the guide's example has where the Region belongs.
_PLACEHOLDER: Final = "region"
_ANY_STARPORT: Final = starport_layer_bucket("*")
_NAMED_STARPORT: Final = re.compile(
    rf"arn:[^:]*:s3:::{re.escape(starport_layer_bucket('R')).replace('R', '([a-z0-9-]+)')}(/.*)?"
)
(_GET_OBJECT,) = STARPORT_ACTIONS
# Actions to show of each pattern, the most telling first.
_SHOWN: Final = {
    "s3:GetObject*": ("s3:GetObject", "s3:GetObjectVersion"),
    "s3:GetBucket*": ("s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock", "s3:GetBucketVersioning"),
    "s3:List*": ("s3:ListBucket", "s3:ListBucketVersions"),
}
_OBJECT: Final = "dags/example.py"
_SOME_BUCKET: Final = "the-bucket-with-the-dags"


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        yield from judge(CHECK.id, model, environment, S3.suffix, partial(_findings, environment))


def _findings(
    environment: Environment, endpoint: VpcEndpoint, service: Service
) -> Iterator[Finding | Unknown]:
    needs = (_image_layers(service.region), *_bucket(environment, service.region))
    for answer in findings(CHECK.id, environment, endpoint, service.name, needs):
        if isinstance(answer, Finding) and isinstance(answer.fault, DeniedRequests):
            yield replace(answer, fault=_explained(answer.fault, endpoint, service.region))
        else:
            yield answer


def _image_layers(region: str) -> Need:
    objects = f"arn:{partition(region)}:s3:::{starport_layer_bucket(region)}/"
    return Need(
        purpose=RequestPurpose.IMAGE_LAYERS,
        action=_GET_OBJECT,
        resources=(Language.of(f"{objects}?*"),),
        examples=((_GET_OBJECT, f"{objects}layer"),),
        requirement=S3_GATEWAY_POLICY_STARPORT,
        grant=Grant(actions=STARPORT_ACTIONS, resources=(f"{objects}*",)),
        of_aws=Degree.ADVICE,
    )


def _bucket(environment: Environment, region: str) -> Iterator[Need]:
    """Return what an environment does with its bucket; of one that nobody knows, with any but AWS's."""
    prefix = f"arn:{partition(region)}:s3:::"
    name = environment.bucket if isinstance(environment.bucket, str) else _SOME_BUCKET
    partly: Degree | Unknown | None = Degree.ADVICE
    objects, itself = Language.of(f"{prefix}{name}/?*"), Language.of(f"{prefix}{name}")
    if not isinstance(environment.bucket, str):
        partly = environment.bucket
        objects = Language.of(f"{prefix}?*/?*") - Globs((f"{prefix}{_ANY_STARPORT}/*",))
        itself = Language.of(f"{prefix}?*") - Globs((f"{prefix}*/*", f"{prefix}{_ANY_STARPORT}"))
    else:
        yield _read(name, prefix, _GET_OBJECT, objects, partly=Degree.VIOLATION)
    for action in EXECUTION_ROLE_S3_ACTIONS:
        resources = objects if action.startswith(_GET_OBJECT) else itself
        yield _read(name, prefix, action, resources, partly=partly)


def _read(
    bucket: str, prefix: str, action: str, resources: Language, *, partly: Degree | Unknown | None
) -> Need:
    on_objects = action.startswith(_GET_OBJECT)
    resource = f"{prefix}{bucket}/{_OBJECT}" if on_objects else f"{prefix}{bucket}"
    return Need(
        purpose=RequestPurpose.DAGS,
        action=action,
        resources=(resources,),
        examples=tuple((each, resource) for each in _SHOWN.get(action, (action,))),
        requirement=S3_GATEWAY_POLICY_DAG_BUCKET_TOO if on_objects else EXECUTION_ROLE_READS_BUCKET,
        grant=Grant(
            actions=EXECUTION_ROLE_S3_ACTIONS, resources=(f"{prefix}{bucket}", f"{prefix}{bucket}/*")
        ),
        partly=partly,
        except_actions=(EXECUTION_ROLE_DENIED_S3_ACTION,),
    )


def _explained(fault: DeniedRequests, endpoint: VpcEndpoint, region: str) -> DeniedRequests:
    """Add the statements that were meant to let the image layers through and name something else."""
    denied = any(each.purpose is RequestPurpose.IMAGE_LAYERS for each in fault.requests)
    if not denied or not isinstance(endpoint.policy, PolicyDocument):
        return fault
    return replace(
        fault, slips=tuple(_slips(endpoint.policy, region)), starport_bucket=starport_layer_bucket(region)
    )


def _slips(document: PolicyDocument, region: str) -> Iterator[SlippedBucket]:
    for statement in document.statements:
        named = [] if statement.resources.negated else statement.resources.patterns
        for found in filter(None, map(_NAMED_STARPORT.fullmatch, named)):
            if statement.effect is Effect.ALLOW and found[1] != region:
                slip = BucketSlip.PLACEHOLDER if found[1] == _PLACEHOLDER else BucketSlip.OTHER_REGION
                yield SlippedBucket(statement=statement, slip=slip, region=found[1])
            elif statement.effect is Effect.ALLOW and found[2] is None:
                yield SlippedBucket(statement=statement, slip=BucketSlip.NO_OBJECTS, region=region)


CHECK: Final = Check(
    id="s3-endpoint-policy-denies-buckets",
    title="The S3 endpoint's policy lets through Amazon ECR's image layers and the environment's bucket.",
    severity=Severity.CRITICAL,
    requirements=(
        S3_GATEWAY_POLICY_STARPORT,
        S3_GATEWAY_POLICY_DAG_BUCKET_TOO,
        EXECUTION_ROLE_READS_BUCKET,
        ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED,
        ENDPOINT_POLICY_DOCUMENT_FORM,
        ENDPOINT_POLICY_REQUIRED_IN_PRIVATE_ROUTING,
        NO_ENDPOINT_POLICY_IS_FULL_ACCESS,
        ENDPOINT_POLICIES_FOR_PRIVATE_ROUTING_ONLY,
    ),
    find=_find,
)
