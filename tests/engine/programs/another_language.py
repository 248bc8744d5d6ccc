"""A program that gets the component from its package, as one in another language does.

What it gives the network is known only later, and so is what the environment on it is given.
"""

from collections.abc import Mapping
from typing import Final

import pulumi
import pulumi_aws as aws

OUTPUTS: Final = ("networkConfiguration", "natPublicIps")


class Network(pulumi.ComponentResource):
    """What a generated library holds: the name of the resource, and those of its inputs and outputs."""

    def __init__(self, name: str, inputs: Mapping[str, object]) -> None:
        """Ask for the network."""
        properties = {**dict.fromkeys(OUTPUTS), **inputs}
        super().__init__("mwaa-network:index:Network", name, properties, remote=True)


address = aws.ec2.Eip("given", domain="vpc")
network = Network(
    "mwaa",
    {
        "nat": "one",
        "natAllocationIds": [address.allocation_id],
        "tags": {"from": address.public_ip, "team": pulumi.Output.secret("data")},
        **(pulumi.Config().get_object("inputs") or {}),
    },
)
bucket = aws.s3.Bucket("dags", bucket="our-dags")
settings = [
    aws.s3.BucketVersioning("dags", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"}),
    aws.s3.BucketPublicAccessBlock(
        "dags",
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    ),
]
aws.mwaa.Environment(
    "mwaa",
    name="mwaa",
    dag_s3_path="dags/",
    source_bucket_arn=bucket.arn,
    execution_role_arn="arn:aws:iam::123456789012:role/environment",
    network_configuration=getattr(network, OUTPUTS[0]),
    opts=pulumi.ResourceOptions(depends_on=settings),
)
for key in OUTPUTS:
    pulumi.export(key, getattr(network, key))
pulumi.export("given", address.public_ip)
