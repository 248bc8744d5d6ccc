"""With private routing the policies of the interface endpoints must let through what the execution role does.

## What it does

Asks the policy documents of the endpoints of SQS, CloudWatch Logs, CloudWatch and KMS, as IAM would answer,
for the requests of the guide's sample policy for the execution role. A policy that allows none of the
requests with one action is at fault. Where it allows some of them, it depends:

- The Celery queue, and a key that AWS owns, lie in an account of AWS. A policy that names an account allows
  them only if it is that one, which nobody can see: advice, or what the option `substitutes` makes of it.
- Which log groups there are depends on more than the network: nothing is said.
- The environment's own key is one resource: it is allowed or not.

A pattern counts as all it can match, and an explicit Deny wins. An endpoint without a policy has full access.
The check speaks of private routing only.

## Why is this bad?

Without the Celery queue no task reaches a worker; without logs, metrics and the key of the queue the
environment does not work either. A policy narrowed to one's own account looks right and shuts out the queue.

## Known limits

- A statement with a condition or a principal by name may allow or deny what it is about, and gives no
  verdict, but for conditions on who owns the resource.
- The account is known where the ARN of the environment or of its execution role is; log groups of another
  account are told only then.
- A policy that cannot be known at a first preview is undetermined.
- A policy of more than 20,480 characters is at fault, for EC2 refuses it. pulumi-aws sends it without white
  space. Where another provider may send white space, what is too long only with it is undetermined.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import Environment, NetworkModel, Service, VpcEndpoint
from mwaa_guardrails.checks.check import Check, Options, Severity, Substitutes
from mwaa_guardrails.checks.endpoint_policies import ANY_ACCOUNT, SHOWN_ACCOUNTS, Need, findings, judge
from mwaa_guardrails.documents.facts import (
    ENVIRONMENT_NAME_PATTERN,
    EXECUTION_ROLE_KMS_ACTIONS,
    EXECUTION_ROLE_LOG_LIST_ACTION,
    EXECUTION_ROLE_LOGS_ACTIONS,
    EXECUTION_ROLE_METRICS_ACTION,
    EXECUTION_ROLE_SQS_ACTIONS,
    LOG_GROUP_NAME_PREFIX,
    QUEUE_NAME_PREFIX,
    REQUIRED_ENDPOINT_SERVICES,
    S3,
    partition,
)
from mwaa_guardrails.documents.requirements import (
    ACCESS_DECIDED_BY_EXECUTION_ROLE,
    ENDPOINT_POLICIES_FOR_PRIVATE_ROUTING_ONLY,
    ENDPOINT_POLICY_ALLOW_ALL_EXAMPLE,
    ENDPOINT_POLICY_DOCUMENT_FORM,
    ENDPOINT_POLICY_FULL_ACCESS_EACH,
    ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED,
    ENDPOINT_POLICY_REQUIRED_IN_PRIVATE_ROUTING,
    EXECUTION_ROLE_KEY,
    EXECUTION_ROLE_LOGS,
    EXECUTION_ROLE_METRICS,
    EXECUTION_ROLE_QUEUE,
    NO_ENDPOINT_POLICY_IS_FULL_ACCESS,
)
from mwaa_guardrails.faults import Grant, RequestPurpose
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.globs import ANY_TEXT, Globs, Language
from mwaa_guardrails.unknown import Unknown

_KEY: Final = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]+")
# A request on no resource: only a pattern that matches everything matches it.
_NO_RESOURCE: Final = Language.of("?")
# An ARN's last part begins after five colons; of a log group and its streams that part has more.
_OF_SIX_PARTS: Final = Globs((":".join("*" * 7),), inside=False)
_OF_SEVEN_PARTS: Final = Globs((":".join("*" * 8),), inside=False)
_OF_NINE_PARTS: Final = Globs((":".join("*" * 10),), inside=False)
_DEGREES: Final = {
    None: Degree.ADVICE,
    Substitutes.ADVISE: Degree.ADVICE,
    Substitutes.REFUSE: Degree.VIOLATION,
    Substitutes.ACCEPT: None,
}


def _find(model: NetworkModel, options: Options) -> Iterator[Finding | Undetermined]:
    services = (each.suffix for each in REQUIRED_ENDPOINT_SERVICES if each is not S3)
    for service in services:
        for environment in model.environments:
            find = partial(_findings, environment, _DEGREES[options.substitutes])
            yield from judge(CHECK.id, model, environment, service, find)


def _findings(
    environment: Environment, chosen: Degree | None, endpoint: VpcEndpoint, service: Service
) -> Iterator[Finding | Unknown]:
    make = {"sqs": _queue, "logs": _logs, "monitoring": _metrics, "kms": _key}[service.name]
    needs = tuple(make(environment, service.region, chosen))
    return findings(CHECK.id, environment, endpoint, service.name, needs)


def _queue(_environment: Environment, region: str, chosen: Degree | None) -> Iterator[Need]:
    arn = f"arn:{partition(region)}:sqs:{region}:"
    for action in EXECUTION_ROLE_SQS_ACTIONS:
        yield Need(
            purpose=RequestPurpose.QUEUE,
            action=action,
            resources=(Language.of(f"{arn}{ANY_ACCOUNT}:{QUEUE_NAME_PREFIX}?*") & _OF_SIX_PARTS,),
            examples=tuple(
                (action, f"{arn}{account}:{QUEUE_NAME_PREFIX}example") for account in SHOWN_ACCOUNTS
            ),
            requirement=EXECUTION_ROLE_QUEUE,
            grant=Grant(actions=EXECUTION_ROLE_SQS_ACTIONS, resources=(f"{arn}*:{QUEUE_NAME_PREFIX}*",)),
            partly=chosen,
            of_aws=chosen,
        )


def _logs(environment: Environment, region: str, _chosen: Degree | None) -> Iterator[Need]:
    """Return what the role does with log groups: of a name that nobody knows, with some that may have it."""
    account, name = environment.account or ANY_ACCOUNT, environment.aws_name
    groups = f"arn:{partition(region)}:logs:{region}:{account}:log-group:"
    own = f"{groups}{LOG_GROUP_NAME_PREFIX}"
    if isinstance(name, str) and re.fullmatch(ENVIRONMENT_NAME_PATTERN, name):
        own += f"{name}-"
    for action in (*EXECUTION_ROLE_LOGS_ACTIONS, EXECUTION_ROLE_LOG_LIST_ACTION):
        lists = action == EXECUTION_ROLE_LOG_LIST_ACTION
        yield Need(
            purpose=RequestPurpose.LOGS,
            action=action,
            resources=(
                Language.of(f"{groups if lists else own}*") & _OF_SEVEN_PARTS,
                Language.of(f"{groups if lists else own}*:log-stream:*") & _OF_NINE_PARTS,
            ),
            examples=((action, f"{own}Task".replace(ANY_ACCOUNT, SHOWN_ACCOUNTS[0])),),
            requirement=EXECUTION_ROLE_LOGS,
            grant=Grant(
                actions=(action,) if lists else EXECUTION_ROLE_LOGS_ACTIONS,
                resources=(ANY_TEXT if lists else f"{own}*".replace(ANY_ACCOUNT, ANY_TEXT),),
            ),
            partly=name if isinstance(name, Unknown) and not lists else None,
        )


def _metrics(_environment: Environment, _region: str, _chosen: Degree | None) -> Iterator[Need]:
    action = EXECUTION_ROLE_METRICS_ACTION
    yield Need(
        purpose=RequestPurpose.METRICS,
        action=action,
        resources=(_NO_RESOURCE,),
        examples=((action, ANY_TEXT),),
        requirement=EXECUTION_ROLE_METRICS,
        grant=Grant(actions=(action,), resources=(ANY_TEXT,)),
    )


def _key(environment: Environment, region: str, chosen: Degree | None) -> Iterator[Need]:
    """Return what the role does with its key; with some key where nobody knows which it is, or whose."""
    arn = f"arn:{partition(region)}:kms:{region}:"
    key = environment.kms_key
    purpose = RequestPurpose.KEY
    partly: Degree | Unknown | None = key if isinstance(key, Unknown) else None
    of_aws: Degree | None = None
    resources = Language.of(f"{arn}{ANY_ACCOUNT}:key/?*") & _OF_SIX_PARTS
    shown = tuple(f"{arn}{account}:key/example" for account in SHOWN_ACCOUNTS)
    granted = f"{arn}*:key/*"
    if isinstance(key, str) and _KEY.fullmatch(key):
        # One key: what is denied in part is a pattern of actions, of which the role may need the other part.
        purpose, partly = RequestPurpose.OWN_KEY, Degree.ADVICE
        resources, shown, granted = Language.of(key), (key,), key
    elif key is None and not environment.declared:
        purpose, partly, of_aws = RequestPurpose.KEY_OF_AWS, chosen, chosen
        resources -= Globs(tuple(f"{arn}{each}:*" for each in (environment.account,) if each))
    for action in EXECUTION_ROLE_KMS_ACTIONS:
        yield Need(
            purpose=purpose,
            action=action,
            resources=(resources,),
            examples=tuple((action.rstrip(ANY_TEXT), each) for each in shown),
            requirement=EXECUTION_ROLE_KEY,
            grant=Grant(actions=EXECUTION_ROLE_KMS_ACTIONS, resources=(granted,)),
            partly=partly,
            of_aws=of_aws,
        )


CHECK: Final = Check(
    id="vpc-endpoint-policy-denies-environment",
    title="The policies of the interface endpoints let through the requests of the execution role.",
    severity=Severity.CRITICAL,
    requirements=(
        ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED,
        EXECUTION_ROLE_QUEUE,
        EXECUTION_ROLE_LOGS,
        EXECUTION_ROLE_METRICS,
        EXECUTION_ROLE_KEY,
        ENDPOINT_POLICY_DOCUMENT_FORM,
        ENDPOINT_POLICY_REQUIRED_IN_PRIVATE_ROUTING,
        ENDPOINT_POLICY_FULL_ACCESS_EACH,
        ENDPOINT_POLICY_ALLOW_ALL_EXAMPLE,
        ACCESS_DECIDED_BY_EXECUTION_ROLE,
        NO_ENDPOINT_POLICY_IS_FULL_ACCESS,
        ENDPOINT_POLICIES_FOR_PRIVATE_ROUTING_ONLY,
    ),
    find=_find,
    knows_substitutes=True,
)
