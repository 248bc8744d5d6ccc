"""Makes the customer managed key."""

import pulumi
import pulumi_aws as aws

from mwaa_network.environment.policies import Place, key_policy
from mwaa_network.family import Family


def make_key(family: Family, place: Place) -> aws.kms.Key:
    """Make a key of one Region that encrypts environment, bucket and logs."""
    return aws.kms.Key(
        family.child("key"),
        description=f"Amazon MWAA environment {family.name}",
        policy=key_policy(place),
        enable_key_rotation=True,
        tags=family.tags_of("key"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
