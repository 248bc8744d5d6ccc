"""What the pages say of an environment's execution role, bucket, key and log groups."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, State, Strength
from mwaa_guardrails.documents.sources import BUCKET, CUSTOMER_KEYS, EXECUTION_ROLE, MONITORING_LOGS

_SAMPLES: Final = "Sample JSON policies for an execution role"

EXECUTION_ROLE_ONE_EACH: Final = Requirement(
    id="execution-role-one-each",
    sentence="An environment needs one execution role of its own.",
    source=EXECUTION_ROLE,
    section="Execution role overview",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("environment/role.py",),
)
EXECUTION_ROLE_TRUST: Final = Requirement(
    id="execution-role-trust",
    sentence="The execution role trusts airflow.amazonaws.com and airflow-env.amazonaws.com to assume it.",
    source=EXECUTION_ROLE,
    section="Sample policy for a customer managed key",
    strength=Strength.MUST,
    reading="The principals are the same in China, as those of most services are (inferred).",
    state=State.BUILT,
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_DENIES_LISTING: Final = Requirement(
    id="execution-role-denies-listing",
    sentence="The execution role is denied s3:ListAllMyBuckets on the bucket and its objects.",
    source=EXECUTION_ROLE,
    section=_SAMPLES,
    strength=Strength.RECOMMENDED,
    reading="s3:List* on the bucket does not cover it either; the samples deny it all the same.",
    state=State.BUILT,
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_ACCOUNT_BLOCK: Final = Requirement(
    id="execution-role-account-block",
    sentence=(
        "Where the account blocks public access to all its buckets, the execution role needs "
        "s3:GetAccountPublicAccessBlock."
    ),
    source=EXECUTION_ROLE,
    section="Grant access to Amazon S3 bucket with account-level public access block",
    strength=Strength.MUST,
    reading="The samples grant it always, and so do we: a stack does not show what the account blocks.",
    state=State.BUILT,
    built_by=("environment/policies.py",),
)
EXECUTION_ROLE_LISTS_LOG_GROUPS: Final = Requirement(
    id="execution-role-lists-log-groups",
    sentence="The execution role lists log groups: logs:DescribeLogGroups on any resource.",
    source=EXECUTION_ROLE,
    section=_SAMPLES,
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("environment/policies.py",),
)
KEY_POLICY_ADMITS_LOGS: Final = Requirement(
    id="key-policy-admits-logs",
    sentence=(
        "The policy of a customer managed key lets CloudWatch Logs of the Region use it for log groups: "
        "kms:Encrypt*, Decrypt*, ReEncrypt*, GenerateDataKey*, Describe*."
    ),
    source=CUSTOMER_KEYS,
    section="Attaching key policies to a customer-managed key",
    strength=Strength.MUST,
    reading=(
        "The condition kms:EncryptionContext:aws:logs:arn names every account on this page, one's own on "
        "the page of the role; we name one's own."
    ),
    state=State.BUILT,
    built_by=("environment/policies.py", "environment/key.py"),
)
KEY_NEITHER_ALIAS_NOR_MULTI_REGION: Final = Requirement(
    id="key-neither-alias-nor-multi-region",
    sentence=(
        "A customer managed key is in the Region of environment and bucket, and named by id or ARN; aliases "
        "and multi-Region keys are not supported."
    ),
    source=CUSTOMER_KEYS,
    section="What's supported",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("environment/key.py",),
)
KEY_OF_BUCKET_IS_THE_ENVIRONMENTS: Final = Requirement(
    id="key-of-bucket-is-the-environments",
    sentence="A customer managed key that encrypts the bucket must encrypt the environment as well.",
    source=BUCKET,
    section="Create the bucket",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("environment/bucket.py",),
)
LOG_GROUP_FOR_EACH_TYPE: Final = Requirement(
    id="log-group-for-each-type",
    sentence=(
        "Each kind of log that is turned on has a log group of its own: DAGProcessing, Scheduler, Task, "
        "WebServer, Worker."
    ),
    source=MONITORING_LOGS,
    section="Log types",
    strength=Strength.DESCRIBED,
    reading=(
        "The page names groups <environment>-<type>; the API, the role and the page on troubleshooting have "
        "airflow-<environment>-<type>, which we take. MWAA makes a group that is not there, without an end "
        "to what it keeps; one that is there it uses (inferred)."
    ),
    state=State.BUILT,
    built_by=("environment/log_plan.py", "environment/logs.py"),
)
