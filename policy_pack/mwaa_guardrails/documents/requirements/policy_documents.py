"""What the pages say of the policies of VPC endpoints, and of the requests they must let through."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, Scope, State, Strength
from mwaa_guardrails.documents.sources import EXECUTION_ROLE, VPC_SECURITY

ENDPOINT_POLICY_FULL_ACCESS_EACH: Final = Requirement(
    id="endpoint-policy-full-access-each",
    sentence="For each endpoint, use a policy that allows full access to all AWS services.",
    source=VPC_SECURITY,
    section="VPC endpoint policies",
    strength=Strength.RECOMMENDED,
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("endpoint_plan.py",),
)
S3_GATEWAY_POLICY_STARPORT: Final = Requirement(
    id="s3-gateway-policy-starport",
    sentence="The S3 gateway endpoint's policy allows s3:GetObject on the Region's starport layer bucket.",
    source=VPC_SECURITY,
    section="Example Amazon S3 gateway endpoint policy",
    strength=Strength.RECOMMENDED,
    reading="The Region goes into the bucket's name; the page's placeholder matches no bucket.",
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("endpoint_plan.py",),
)
S3_GATEWAY_POLICY_DAG_BUCKET_TOO: Final = Requirement(
    id="s3-gateway-policy-dag-bucket-too",
    sentence="That access is needed in addition to the bucket that holds DAGs and supporting files.",
    source=VPC_SECURITY,
    section="Example Amazon S3 gateway endpoint policy",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=(
        "endpoint_plan.py",
        "buckets.py",
    ),
)
EXECUTION_ROLE_READS_BUCKET: Final = Requirement(
    id="execution-role-reads-bucket",
    sentence="The execution role reads the environment's bucket: s3:GetObject*, s3:GetBucket*, s3:List*.",
    source=EXECUTION_ROLE,
    section="Sample policy",
    strength=Strength.MUST,
    state=State.STATED,
    reason="No check compares stacks with it.",
)
EXECUTION_ROLE_QUEUE: Final = Requirement(
    id="execution-role-queue",
    sentence="The execution role uses queues arn:aws:sqs:region:*:airflow-celery-*, in an account of MWAA.",
    source=EXECUTION_ROLE,
    section="Sample policy",
    strength=Strength.MUST,
    reading="An endpoint policy that names one's own account shuts the queue out.",
    state=State.STATED,
    reason="No check compares stacks with it.",
)
ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED: Final = Requirement(
    id="endpoint-policy-grants-what-is-needed",
    sentence="The policy of each endpoint needs certain permissions.",
    source=VPC_SECURITY,
    section="VPC endpoint policies",
    strength=Strength.MUST,
    reading="The requests that an environment makes to the service must be allowed.",
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("endpoint_plan.py",),
)
