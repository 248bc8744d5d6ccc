"""Makes the execution role and its policy."""

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from mwaa_network.environment.policies import Place, role_policy, trust_policy
from mwaa_network.family import Family

LABEL: Final = "execution-role"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionRole:
    """The role, and the policy that lets it do its work."""

    role: aws.iam.Role
    policy: aws.iam.RolePolicy


def make_role(family: Family, place: Place, bucket: aws.s3.Bucket, key: aws.kms.Key | None) -> ExecutionRole:
    """Make the role of one environment, which is named like the family."""
    role = aws.iam.Role(
        family.child(LABEL),
        assume_role_policy=trust_policy(),
        description=f"Execution role of Amazon MWAA environment {family.name}",
        tags=family.tags_of(LABEL),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    policy = aws.iam.RolePolicy(
        family.child(LABEL),
        role=role.name,
        policy=pulumi.Output.all(bucket.bucket, key.arn if key else None).apply(
            lambda known: role_policy(family.name, known[0], place, known[1])
        ),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    return ExecutionRole(role=role, policy=policy)
