"""What the pages say of the policies of VPC endpoints, and of the requests they must let through."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    ASKS_FOR_NOTHING,
    TAKEN_AS_GIVEN,
    Requirement,
    Scope,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import BUCKET, ENDPOINT_POLICIES, EXECUTION_ROLE, VPC_SECURITY

ENDPOINT_POLICIES_CONTROL_INSTANCE_TRAFFIC: Final = Requirement(
    id="endpoint-policies-control-instance-traffic",
    sentence="Policies of VPC endpoints can also control the traffic to and from an instance.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
)
ENDPOINT_POLICY_REQUIRED_IN_PRIVATE_ROUTING: Final = Requirement(
    id="endpoint-policy-required-in-private-routing",
    sentence=(
        "Where the organization allows no internet access and the network has private routing, the "
        "endpoints of AWS services and of Apache Airflow need an endpoint policy."
    ),
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.MUST,
    reading=(
        "An endpoint without a policy has full access, and AWS's own templates give none: no policy "
        "passes, and a policy that is there must let through what is needed."
    ),
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py",),
)
ENDPOINT_POLICIES_FOR_PRIVATE_ROUTING_ONLY: Final = Requirement(
    id="endpoint-policies-for-private-routing-only",
    sentence="What the page says of endpoint policies holds for private routing only.",
    source=VPC_SECURITY,
    section="VPC endpoint policies (private routing only)",
    strength=Strength.DEFINED,
    reading="With public routing the checks of endpoints are silent.",
    scope=Scope.PRIVATE,
)
ENDPOINT_POLICY_CONTROLS_SERVICE_ACCESS: Final = Requirement(
    id="endpoint-policy-controls-service-access",
    sentence="The policy of a VPC endpoint controls access to AWS services from the private subnets.",
    source=VPC_SECURITY,
    section="VPC endpoint policies (private routing only)",
    strength=Strength.DESCRIBED,
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
)
ENDPOINT_POLICY_IS_RESOURCE_POLICY: Final = Requirement(
    id="endpoint-policy-is-resource-policy",
    sentence="It is an IAM resource policy that is attached to a gateway or an interface endpoint.",
    source=VPC_SECURITY,
    section="VPC endpoint policies (private routing only)",
    strength=Strength.DESCRIBED,
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED: Final = Requirement(
    id="endpoint-policy-grants-what-is-needed",
    sentence="The policy of each endpoint needs certain permissions.",
    source=VPC_SECURITY,
    section="VPC endpoint policies (private routing only)",
    strength=Strength.MUST,
    reading="The requests that an environment makes to the service must be allowed.",
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py",),
)
ENDPOINT_POLICY_FULL_ACCESS_EACH: Final = Requirement(
    id="endpoint-policy-full-access-each",
    sentence="For each endpoint, use a policy that allows full access to all AWS services.",
    source=VPC_SECURITY,
    section="VPC endpoint policies (private routing only)",
    strength=Strength.RECOMMENDED,
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py",),
)
ACCESS_DECIDED_BY_EXECUTION_ROLE: Final = Requirement(
    id="access-decided-by-execution-role",
    sentence="Use the execution role alone to grant AWS permissions.",
    source=VPC_SECURITY,
    section="Example VPC endpoint policy to allow all access",
    strength=Strength.RECOMMENDED,
    reading="A narrower endpoint policy is no fault while it lets through what an environment asks for.",
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py",),
)
ENDPOINT_POLICY_ALLOW_ALL_EXAMPLE: Final = Requirement(
    id="endpoint-policy-allow-all-example",
    sentence=(
        "Policy of an interface endpoint: one statement, Action *, Effect Allow, Resource *, Principal *."
    ),
    source=VPC_SECURITY,
    section="Example VPC endpoint policy to allow all access",
    strength=Strength.RECOMMENDED,
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py",),
)
S3_GATEWAY_POLICY_STARPORT: Final = Requirement(
    id="s3-gateway-policy-starport",
    sentence="The S3 gateway endpoint's policy allows s3:GetObject on the Region's starport layer bucket.",
    source=VPC_SECURITY,
    section="Example Amazon S3 gateway endpoint policy to allow bucket access",
    strength=Strength.RECOMMENDED,
    reading="The Region goes into the bucket's name; the page's placeholder matches no bucket.",
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py",),
)
S3_GATEWAY_POLICY_DAG_BUCKET_TOO: Final = Requirement(
    id="s3-gateway-policy-dag-bucket-too",
    sentence="That access is needed in addition to the bucket that holds DAGs and supporting files.",
    source=VPC_SECURITY,
    section="Example Amazon S3 gateway endpoint policy to allow bucket access",
    strength=Strength.MUST,
    reading=(
        "The page's example holds the starport bucket alone: as printed it shuts out the DAG bucket, and "
        "both must be reachable."
    ),
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py", "buckets.py"),
)
ENDPOINT_POLICY_DOCUMENT_FORM: Final = Requirement(
    id="endpoint-policy-document-form",
    sentence=(
        "An endpoint policy is a JSON document of at most 20,480 characters, white space included, and "
        "each statement has a Principal."
    ),
    source=ENDPOINT_POLICIES,
    section="Considerations",
    strength=Strength.MUST,
    reading=(
        "What reaches AWS counts. pulumi-aws sends a policy without white space; whether other providers "
        "do is not documented, so that theirs is too long for sure only where it is without."
    ),
    built_by=("endpoint_plan.py",),
)
GATEWAY_ENDPOINT_PRINCIPAL_ANY: Final = Requirement(
    id="gateway-endpoint-principal-any",
    sentence=(
        "In the policy of a gateway endpoint, the Principal must be *; the condition aws:PrincipalArn "
        "narrows it."
    ),
    source=ENDPOINT_POLICIES,
    section="Principals for gateway endpoints",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("endpoint_plan.py",),
)
NO_ENDPOINT_POLICY_IS_FULL_ACCESS: Final = Requirement(
    id="no-endpoint-policy-is-full-access",
    sentence="An endpoint that is given no policy gets the default one, which grants full access.",
    source=ENDPOINT_POLICIES,
    section="Default endpoint policy",
    strength=Strength.DESCRIBED,
)
OTHER_ENDPOINT_SERVICES_TAKE_NO_POLICY: Final = Requirement(
    id="other-endpoint-services-take-no-policy",
    sentence="Endpoints of services that are not AWS's have full access and take no policy.",
    source=ENDPOINT_POLICIES,
    section="Considerations",
    strength=Strength.DESCRIBED,
    reading="The endpoints of MWAA's database and web server are of this kind (inferred).",
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
EXECUTION_ROLE_READS_BUCKET: Final = Requirement(
    id="execution-role-reads-bucket",
    sentence="The execution role reads the environment's bucket: s3:GetObject*, s3:GetBucket*, s3:List*.",
    source=EXECUTION_ROLE,
    section="Sample JSON policies for an execution role",
    strength=Strength.MUST,
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_QUEUE: Final = Requirement(
    id="execution-role-queue",
    sentence="The execution role uses queues arn:aws:sqs:region:*:airflow-celery-*, in an account of MWAA.",
    source=EXECUTION_ROLE,
    section="Sample JSON policies for an execution role",
    strength=Strength.MUST,
    reading="An endpoint policy that names one's own account shuts the queue out.",
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_LOGS: Final = Requirement(
    id="execution-role-logs",
    sentence="The execution role writes and reads the log groups airflow-<environment>-*.",
    source=EXECUTION_ROLE,
    section="Sample JSON policies for an execution role",
    strength=Strength.MUST,
    reading="The sample for customer managed keys names airflow-<environment>:*, which matches none of them.",
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_METRICS: Final = Requirement(
    id="execution-role-metrics",
    sentence="The execution role puts metrics: cloudwatch:PutMetricData on any resource.",
    source=EXECUTION_ROLE,
    section="Sample JSON policies for an execution role",
    strength=Strength.MUST,
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_KEY: Final = Requirement(
    id="execution-role-key",
    sentence=(
        "The execution role uses a key through SQS and S3: kms:Decrypt, DescribeKey, GenerateDataKey*, "
        "Encrypt; a key that AWS owns lies in another account."
    ),
    source=EXECUTION_ROLE,
    section="Sample JSON policies for an execution role",
    strength=Strength.MUST,
    reading=(
        "A policy of the KMS endpoint that names one's own account alone shuts an AWS-owned key out "
        "(inferred)."
    ),
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_PUBLISHES_METRICS: Final = Requirement(
    id="execution-role-publishes-metrics",
    sentence="The execution role needs airflow:PublishMetrics on the environment.",
    source=EXECUTION_ROLE,
    section="Sample JSON policies for an execution role",
    strength=Strength.MUST,
    reading=(
        "The text asks for it, whichever key encrypts. It goes to the ops endpoint, which only 15 of 31 "
        "Regions have: no network can be asked for it."
    ),
    state=State.BUILT,
    built_by=("environment/policies.py",),
)
DAG_BUCKET_SETTINGS: Final = Requirement(
    id="dag-bucket-settings",
    sentence="The bucket of an environment is in its Region, blocks public access and keeps versions.",
    source=BUCKET,
    section="Before you begin",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("environment/bucket.py",),
)
