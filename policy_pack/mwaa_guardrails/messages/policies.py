"""What to say of policy documents of VPC endpoints."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from mwaa_guardrails.aws.model import Origin
from mwaa_guardrails.aws.policy_document import Silent
from mwaa_guardrails.aws.statements import Statement
from mwaa_guardrails.documents.facts import (
    ENDPOINT_POLICY_MAX_CHARACTERS,
    FULL_ACCESS_STATEMENT,
    starport_layer_bucket,
)
from mwaa_guardrails.faults import (
    BucketSlip,
    DeniedRequest,
    DeniedRequests,
    Grant,
    LongPolicyDocument,
    NoPolicyDocument,
    SlippedBucket,
)
from mwaa_guardrails.findings import Degree, Finding
from mwaa_guardrails.messages import words

# "IAM JSON policy elements: Sid": what AWS lets a statement be called. Another text is not quoted.
_SID: Final = re.compile(r"[A-Za-z0-9 _-]{1,100}")
# An example of a resource may have letters of the document in it: it is quoted where it is an ARN, or any.
_RESOURCE: Final = re.compile(r"\*|arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[A-Za-z0-9/:._*+=@-]*")


def denied_requests(finding: Finding, fault: DeniedRequests) -> list[str]:
    """Say which requests a policy document denies, which statement does so, and which one to add."""
    sufferer = words.environment(finding.environment)
    wants = "needs" if finding.degree is Degree.VIOLATION else "may need"
    policy = _policy(finding.subject, fault.stated_by)
    lines = [f"{policy} denies requests that {sufferer} {wants}."]
    by_decider: dict[str, dict[str, None]] = {}
    for request in fault.requests:
        by_decider.setdefault(_decider(request), {})[_request(request)] = None
    for decider, requests in by_decider.items():
        lines += [decider, *requests]
    lines += [_slip(each, fault.starport_bucket) for each in fault.slips]
    return [*lines, *_fix(fault.requests)]


def long_policy_document(finding: Finding, fault: LongPolicyDocument) -> list[str]:
    """Say that a policy document is longer than AWS takes."""
    return [
        f"{_policy(finding.subject, fault.stated_by)} is too long; EC2 refuses it.",
        (
            f"Decided by its {fault.characters:,} characters, white space left out; "
            f"AWS takes {ENDPOINT_POLICY_MAX_CHARACTERS:,} at most"
        ),
        "Fix: name fewer resources, or by patterns, and leave the rest to the execution role; or allow all:",
        f"    {_json({'Statement': [FULL_ACCESS_STATEMENT]})}",
    ]


def no_policy_document(finding: Finding, fault: NoPolicyDocument) -> list[str]:
    """Say that a text is no policy document."""
    return [
        f"{_policy(finding.subject, fault.stated_by)} is no policy document; EC2 refuses it.",
        "Decided by its text, which is no JSON object with a Statement",
        "Fix: give it a document, or none at all, which means full access:",
        f"    {_json({'Statement': [FULL_ACCESS_STATEMENT]})}",
    ]


def _policy(endpoint: Origin, stated_by: str) -> str:
    """Return an endpoint's policy by the endpoint, and by the resource that states it where it is another."""
    policy = f"the policy of {words.label(endpoint)}"
    if stated_by == endpoint.urn:
        return policy
    return f"{policy}, given by {words.made_by(stated_by)},"


def _decider(request: DeniedRequest) -> str:
    if isinstance(request.by, Statement):
        return f"Denied by {_statement(request.by)}, a Deny, which wins over every Allow:"
    if request.unmet is not None:
        statement = _statement(request.unmet)
        return f"Denied, since {statement} has a condition on the owner of the resource, which is AWS:"
    return "Denied, since no statement allows it:"


def _statement(statement: Statement) -> str:
    """Return a statement by its Sid, or by its place where it has none that can be quoted."""
    if statement.sid is not None and _SID.fullmatch(statement.sid):
        return f'statement "{statement.sid}"'
    return f"statement {statement.position}"


def _request(request: DeniedRequest) -> str:
    some = "some of " if request.action.endswith("*") else ""
    resource = request.resource if _RESOURCE.fullmatch(request.resource) else "some resource"
    return f"- {some}{request.action} on {resource} ({request.purpose.value})"


def _slip(slipped: SlippedBucket, bucket: str) -> str:
    named = f"{_statement(slipped.statement)} names {starport_layer_bucket(slipped.region)}"
    match slipped.slip:
        case BucketSlip.PLACEHOLDER:
            why = f'the guide\'s "{slipped.region}" stands for the Region'
        case BucketSlip.OTHER_REGION:
            why = f"that bucket serves {slipped.region}"
        case BucketSlip.NO_OBJECTS:
            return f"Note: {named}, the bucket itself; objects are {bucket}/*."
        case other:
            assert_never(other)
    return f"Note: {named}; {why}. Here it is {bucket}."


def _fix(requests: tuple[DeniedRequest, ...]) -> Iterator[str]:
    begin = "Fix:"
    for statement in dict.fromkeys(each.by for each in requests if isinstance(each.by, Statement)):
        spared = {
            each: None for request in requests if request.by == statement for each in request.grant.resources
        }
        if statement.resources.negated:
            yield f'{begin} add to the "NotResource" of {_statement(statement)}:'
        else:
            yield f"{begin} narrow {_statement(statement)}, so that it spares:"
        yield f"    {_json(list(spared))}"
        begin = "And"
    missing = [each.grant for each in requests if isinstance(each.by, Silent)]
    if missing:
        yield f'{begin} add to the "Statement" of the policy:'
        yield from (f"    {_json(each)}" for each in _statements(missing))


def _statements(grants: Iterable[Grant]) -> Iterator[dict[str, object]]:
    for grant in dict.fromkeys(grants):
        yield {
            **FULL_ACCESS_STATEMENT,
            "Action": list(grant.actions),
            "Resource": list(grant.resources),
        }


def _json(value: object) -> str:
    return json.dumps(value)
