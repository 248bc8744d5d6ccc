"""Loads the AWS package once, before any test.

Its module for EC2 warns, as soon as it is loaded, of a resource that nobody here uses, and the tests take
warnings for errors.
"""

import warnings

import pulumi_aws

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"pulumi_aws\.ec2\..*")
    assert pulumi_aws.ec2.Vpc.__name__ == "Vpc"  # the package loads a module when something of it is used
