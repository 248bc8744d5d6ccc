"""Buckets, roles, keys and log groups: made, read, changed and removed, and refused as AWS refuses them."""

import json
from collections.abc import Mapping
from typing import Any

import boto3
import pytest

from local_cloud.provider import aws
from local_cloud.provider.values import UNKNOWN
from tests.local_cloud.provider.client import REGION, Made, ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.tokens import (
    BUCKET,
    ENCRYPTION,
    KEY,
    LIFECYCLE,
    LOG_GROUP,
    LOGGING,
    PUBLIC_ACCESS_BLOCK,
    ROLE,
    ROLE_POLICY,
    VERSIONING,
)

ENABLED = {"versioningConfiguration": {"status": "Enabled"}}
BLOCKED = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}


def document(**statement: object) -> str:
    """Return a policy document of one statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


TRUST = document(Action="sts:AssumeRole", Principal={"Service": "airflow.amazonaws.com"})
EVERYTHING = document(Action="s3:*", Resource="*")
KEY_POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                "Action": "kms:*",
                "Resource": "*",
            },
            {
                "Effect": "Allow",
                "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
                "Action": "kms:Encrypt*",
                "Resource": "*",
            },
        ],
    }
)


def client_of(provider: ProviderClient, service: str) -> Any:  # noqa: ANN401 - boto3 has a type for each service
    """Return a client that looks past the provider."""
    return boto3.client(  # type: ignore[call-overload] # any service
        service,
        region_name=REGION,
        endpoint_url=provider.endpoint,
        aws_access_key_id=aws.NOBODY,
        aws_secret_access_key=aws.NOBODY,
    )


def refused(provider: ProviderClient, token: str, inputs: Mapping[str, Any], text: str) -> None:
    """A resource is refused with such a text."""
    with pytest.raises(RefusedByProviderError, match=text):
        provider.create(token, **inputs)


def is_stable(provider: ProviderClient, made: Made) -> bool:
    """Tell whether what is read is what was made, and the same inputs change nothing."""
    inputs = {key: value for key, value in made.inputs.items() if key not in ("__defaults", "tagsAll")}
    return provider.read(made) == made and provider.diff(made, inputs).changed == set()


def test_a_bucket_that_keeps_versions_and_is_blocked(provider: ProviderClient) -> None:
    """What boto3 reads is what was written; what is removed is as AWS leaves it."""
    s3 = client_of(provider, "s3")
    bucket = provider.create(BUCKET, bucket="our-dags", tags={"who": "us"})
    assert bucket.id == "our-dags"
    assert bucket.outputs["arn"] == "arn:aws:s3:::our-dags"
    assert bucket.outputs["tagsAll"] == {"team": "data", "who": "us"}
    assert bucket.outputs["bucketRegionalDomainName"] == "our-dags.s3.eu-west-1.amazonaws.com"
    assert is_stable(provider, bucket)
    versioning = provider.create(VERSIONING, bucket=bucket.id, **ENABLED)
    block = provider.create(PUBLIC_ACCESS_BLOCK, bucket=bucket.id, **BLOCKED)
    assert is_stable(provider, versioning)
    assert is_stable(provider, block)
    assert s3.get_bucket_versioning(Bucket="our-dags")["Status"] == "Enabled"
    blocked = s3.get_public_access_block(Bucket="our-dags")["PublicAccessBlockConfiguration"]
    assert set(blocked.values()) == {True}
    less = provider.update(block, bucket=bucket.id, **{**BLOCKED, "blockPublicAcls": False})
    assert less.outputs["blockPublicAcls"] is False
    provider.delete(block)
    provider.delete(versioning)
    assert provider.read(block) is None
    assert s3.get_bucket_versioning(Bucket="our-dags")["Status"] == "Suspended"
    changed = provider.update(bucket, bucket="our-dags", tags={"who": "them"})
    assert changed.outputs["tagsAll"] == {"team": "data", "who": "them"}
    provider.delete(bucket)
    assert provider.read(bucket) is None
    assert provider.read(versioning) is None


def test_a_bucket_whose_accesses_are_logged(provider: ProviderClient) -> None:
    """Into a bucket that lets the logs in, and no other."""
    s3 = client_of(provider, "s3")
    bucket = provider.create(BUCKET, bucket="logged-dags")
    provider.create(BUCKET, bucket="logs-of-dags")
    into = {"targetBucket": "logs-of-dags", "targetPrefix": "dags/"}
    refused(provider, LOGGING, {"bucket": bucket.id, **into}, "InvalidTargetBucketForLogging")
    s3.put_bucket_acl(Bucket="logs-of-dags", ACL="log-delivery-write")
    logging = provider.create(LOGGING, bucket=bucket.id, **into)
    assert is_stable(provider, logging)
    assert s3.get_bucket_logging(Bucket="logged-dags")["LoggingEnabled"]["TargetPrefix"] == "dags/"
    changed = provider.update(logging, bucket=bucket.id, **{**into, "targetPrefix": "other/"})
    assert changed.outputs["targetPrefix"] == "other/"
    provider.delete(changed)
    assert provider.read(changed) is None


def test_a_bucket_whose_earlier_versions_go(provider: ProviderClient) -> None:
    """After a number of days; what the local AWS does not carry out is refused."""
    bucket = provider.create(BUCKET, bucket="tidy-dags")
    rule = {
        "id": "earlier-versions",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "noncurrentVersionExpiration": {"noncurrentDays": 90},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
    }
    lifecycle = provider.create(LIFECYCLE, bucket=bucket.id, rules=[rule])
    assert is_stable(provider, lifecycle)
    shorter = {**rule, "noncurrentVersionExpiration": {"noncurrentDays": 30}}
    changed = provider.update(lifecycle, bucket=bucket.id, rules=[shorter])
    assert changed.outputs["rules"] == [shorter]
    refused(
        provider,
        LIFECYCLE,
        {"bucket": bucket.id, "rules": [{**rule, "transitions": [{"days": 1}]}]},
        "transitions",
    )
    provider.delete(changed)
    assert provider.read(changed) is None


def test_a_bucket_shows_that_it_keeps_versions_once_it_is_read_again(provider: ProviderClient) -> None:
    """As the genuine provider does: versioning is set by a resource of its own."""
    bucket = provider.create(BUCKET, bucket="read-again")
    provider.create(VERSIONING, bucket=bucket.id, **ENABLED)
    again = provider.read(bucket)
    assert again is not None
    before, after = bucket.outputs["versioning"], again.outputs["versioning"]
    assert (before["enabled"], after["enabled"]) == (False, True)


def test_a_bucket_with_objects_stays_unless_it_may_be_emptied(provider: ProviderClient) -> None:
    """`forceDestroy` removes every version first."""
    s3 = client_of(provider, "s3")
    kept = provider.create(BUCKET, bucket="kept-dags")
    emptied = provider.create(BUCKET, bucket="emptied-dags", forceDestroy=True)
    provider.create(VERSIONING, bucket=emptied.id, **ENABLED)
    for name in ("kept-dags", "emptied-dags", "emptied-dags"):
        s3.put_object(Bucket=name, Key="dags/a.py", Body=b"")
    s3.delete_object(Bucket="emptied-dags", Key="dags/a.py")
    with pytest.raises(RefusedByProviderError, match="BucketNotEmpty"):
        provider.delete(kept)
    provider.delete(emptied)
    assert provider.read(emptied) is None


def test_a_bucket_is_encrypted_with_a_key(provider: ProviderClient) -> None:
    """The default encryption names the key; without the setting AWS uses its own."""
    bucket = provider.create(BUCKET, bucket="encrypted-dags")
    default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "arn:aws:kms:eu-west-1:123456789012:key/1"}
    rule = {"applyServerSideEncryptionByDefault": default, "bucketKeyEnabled": True}
    encryption = provider.create(ENCRYPTION, bucket=bucket.id, rules=[rule])
    assert encryption.outputs["rules"] == [rule]
    assert is_stable(provider, encryption)
    own = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}
    changed = provider.update(encryption, bucket=bucket.id, rules=[own])
    assert changed.outputs["rules"][0]["applyServerSideEncryptionByDefault"]["sseAlgorithm"] == "AES256"
    provider.delete(encryption)
    assert provider.read(encryption) is None


@pytest.mark.parametrize("name", ["under_scores", "Capitals", "two..dots", "-first", "ab"])
def test_s3_refuses_names_that_are_none(provider: ProviderClient, name: str) -> None:
    """The naming rules are S3's own; the provider lets such names pass."""
    refused(provider, BUCKET, {"bucket": name}, "InvalidBucketName")


def test_versions_once_kept_are_suspended_never_disabled(provider: ProviderClient) -> None:
    """And a bucket that never kept any may say so."""
    bucket = provider.create(BUCKET, bucket="versions")
    never = provider.create(VERSIONING, bucket=bucket.id, versioningConfiguration={"status": "Disabled"})
    assert never.outputs["versioningConfiguration"]["status"] == "Disabled"
    kept = provider.update(never, bucket=bucket.id, **ENABLED)
    with pytest.raises(RefusedByProviderError, match="from Enabled to Disabled"):
        provider.update(kept, bucket=bucket.id, versioningConfiguration={"status": "Disabled"})
    mfa = {"status": "Enabled", "mfaDelete": "Enabled"}
    refused(provider, VERSIONING, {"bucket": bucket.id, "versioningConfiguration": mfa}, "MFA")


def test_a_role_with_a_policy(provider: ProviderClient) -> None:
    """A role goes only when its policies are gone."""
    role = provider.create(ROLE, name="airflow", assumeRolePolicy=TRUST, description="Ours")
    assert role.outputs["arn"] == "arn:aws:iam::123456789012:role/airflow"
    assert role.outputs["assumeRolePolicy"] == TRUST
    assert role.outputs["inlinePolicies"] == []
    assert is_stable(provider, role)
    policy = provider.create(ROLE_POLICY, role=role.id, name="execution", policy=EVERYTHING)
    assert policy.id == "airflow:execution"
    assert is_stable(provider, policy)
    spelled = json.dumps(json.loads(EVERYTHING), indent=4)
    assert provider.diff(policy, {"role": role.id, "name": "execution", "policy": spelled}).changed == set()
    with pytest.raises(RefusedByProviderError, match="DeleteConflict"):
        provider.delete(role)
    narrower = provider.update(
        policy, role=role.id, name="execution", policy=document(Action="s3:*", Resource="arn:aws:s3:::x")
    )
    iam = client_of(provider, "iam")
    read = iam.get_role_policy(RoleName="airflow", PolicyName="execution")["PolicyDocument"]
    assert read["Statement"][0]["Resource"] == "arn:aws:s3:::x"
    again = provider.read(role)
    assert again is not None
    assert [each["name"] for each in again.outputs["inlinePolicies"]] == ["execution"]
    changed = provider.update(
        role, name="airflow", assumeRolePolicy=TRUST, description="Theirs", tags={"a": "b"}
    )
    assert changed.outputs["description"] == "Theirs"
    assert changed.outputs["tags"] == {"a": "b"}
    provider.delete(narrower)
    provider.delete(role)
    assert provider.read(role) is None
    assert provider.read(policy) is None


def test_a_policy_that_is_none_is_refused(provider: ProviderClient) -> None:
    """The provider reads the first character alone; IAM reads the rest."""
    role = provider.create(ROLE, name="malformed", assumeRolePolicy=TRUST)
    refused(
        provider, ROLE_POLICY, {"role": role.id, "name": "p", "policy": '{"x": 1}'}, "MalformedPolicyDocument"
    )


def test_a_key_of_ones_own(provider: ProviderClient) -> None:
    """It is scheduled for deletion, which is as if it were gone."""
    key = provider.create(KEY, policy=KEY_POLICY, enableKeyRotation=True, description="Airflow")
    assert key.outputs["arn"] == f"arn:aws:kms:eu-west-1:123456789012:key/{key.id}"
    assert (key.outputs["policy"], key.outputs["enableKeyRotation"]) == (KEY_POLICY, True)
    assert is_stable(provider, key)
    changed = provider.update(key, policy=KEY_POLICY, description="Ours", isEnabled=False, tags={"a": "b"})
    shown = ("description", "isEnabled", "enableKeyRotation", "tags")
    assert [changed.outputs[each] for each in shown] == ["Ours", False, False, {"a": "b"}]
    provider.delete(changed)
    assert provider.read(changed) is None
    kms = client_of(provider, "kms")
    assert kms.describe_key(KeyId=key.id)["KeyMetadata"]["KeyState"] == "PendingDeletion"


def test_a_log_group_keeps_its_events_for_so_many_days(provider: ProviderClient) -> None:
    """0 days, or none written, is for ever; the name of another that begins alike is no match."""
    provider.create(LOG_GROUP, name="airflow-mwaa-Task-old")
    group = provider.create(LOG_GROUP, name="airflow-mwaa-Task", retentionInDays=365, tags={"a": "b"})
    assert group.outputs["arn"] == "arn:aws:logs:eu-west-1:123456789012:log-group:airflow-mwaa-Task"
    assert is_stable(provider, group)
    logs = client_of(provider, "logs")
    (read, _) = logs.describe_log_groups(logGroupNamePrefix="airflow-mwaa-Task")["logGroups"]
    assert read["retentionInDays"] == 365
    longer = provider.update(group, name="airflow-mwaa-Task", tags={"a": "c"})
    assert (longer.outputs["retentionInDays"], longer.outputs["tags"]) == (0, {"a": "c"})
    provider.delete(longer)
    assert provider.read(longer) is None
    refused(provider, LOG_GROUP, {"name": "airflow-mwaa-Task-old"}, "ResourceAlreadyExistsException")
    refused(provider, LOG_GROUP, {"name": "x", "retentionInDays": 17}, "one of")


def test_a_log_group_needs_a_key_that_admits_cloudwatch_logs(provider: ProviderClient) -> None:
    """CloudWatch Logs refuses a key that it cannot use."""
    shut = provider.create(KEY)
    admits = provider.create(KEY, policy=KEY_POLICY)
    refused(provider, LOG_GROUP, {"name": "shut", "kmsKeyId": shut.outputs["arn"]}, "not allowed to be used")
    group = provider.create(LOG_GROUP, name="open", kmsKeyId=admits.outputs["arn"])
    assert group.outputs["kmsKeyId"] == admits.outputs["arn"]
    with pytest.raises(RefusedByProviderError, match="cannot change the key"):
        provider.update(group, name="open")


@pytest.mark.parametrize(
    ("token", "inputs", "told"),
    [
        (BUCKET, {"bucket": "no-acls", "acl": "private"}, "aws:s3/bucket:Bucket.acl"),
        (ROLE, {"assumeRolePolicy": TRUST, "permissionsBoundary": "arn:aws:iam::1:policy/x"}, "Boundary"),
        (KEY, {"customKeyStoreId": "cks-1"}, "aws:kms/key:Key.customKeyStoreId"),
        (LOG_GROUP, {"deletionProtectionEnabled": True}, "deletionProtectionEnabled"),
    ],
)
def test_what_is_not_carried_out_is_refused(
    provider: ProviderClient, token: str, inputs: dict[str, Any], told: str
) -> None:
    """Rather than ignored."""
    refused(provider, token, inputs, f"does not carry out .*{told}.* yet")


@pytest.mark.parametrize(
    ("token", "inputs", "key", "name"),
    [
        (BUCKET, {}, "bucket", "thing-0abcdef"),
        (ROLE, {"assumeRolePolicy": TRUST}, "name", "thing-0abcdef"),
        (LOG_GROUP, {}, "name", "thing-0abcdef"),
    ],
)
def test_a_preview_knows_the_name_and_neither_id_nor_arn(
    provider_alone: ProviderClient, token: str, inputs: dict[str, Any], key: str, name: str
) -> None:
    """Names are given at Check."""
    shown = provider_alone.preview(token, **inputs)
    assert (shown[key], shown["arn"], shown["id"]) == (name, UNKNOWN, UNKNOWN)
