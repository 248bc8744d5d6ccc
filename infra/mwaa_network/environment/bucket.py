"""Makes the bucket of DAGs and supporting files."""

import re
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_network.family import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class DagBucket:
    """The bucket, and the settings that MWAA asks of it."""

    bucket: aws.s3.Bucket
    settings: tuple[pulumi.Resource, ...]


def make_bucket(family: Family, name: str | None, key: aws.kms.Key | None) -> DagBucket:
    """Make the bucket, under a name that no other has if none is given; AWS encrypts it unless a key does."""
    label = "dags"
    opts = pulumi.ResourceOptions(parent=family.parent)
    bucket = aws.s3.Bucket(
        # The name that is made from this has no other characters than S3 takes.
        re.sub("_", "-", family.child(label)),
        bucket=name,
        tags=family.tags_of(label),
        opts=opts,
    )
    versioning = aws.s3.BucketVersioning(
        family.child(label), bucket=bucket.id, versioning_configuration={"status": "Enabled"}, opts=opts
    )
    block = aws.s3.BucketPublicAccessBlock(
        family.child(label),
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=opts,
    )
    if key is None:
        return DagBucket(bucket=bucket, settings=(versioning, block))
    encryption = aws.s3.BucketServerSideEncryptionConfiguration(
        family.child(label),
        bucket=bucket.id,
        rules=[
            {
                "apply_server_side_encryption_by_default": {
                    "sse_algorithm": "aws:kms",
                    "kms_master_key_id": key.arn,
                },
                "bucket_key_enabled": True,
            }
        ],
        opts=opts,
    )
    return DagBucket(bucket=bucket, settings=(versioning, block, encryption))
