"""The provider plugin `pulumi-resource-aws` of the local AWS: a stand-in for the genuine one, over boto3."""
