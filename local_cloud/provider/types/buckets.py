"""S3 buckets, and what is set on them: versions, the block of public access, encryption."""

import re
from collections.abc import Mapping
from typing import Any, Final

from local_cloud.provider.aws import s3
from local_cloud.provider.types.kind import (
    Kind,
    partition,
    refuse,
    refuse_what_is_not_made,
    tag_list,
    tags_of,
    unless_gone,
)
from local_cloud.provider.values import Props

BUCKET: Final = "aws:s3/bucket:Bucket"
VERSIONING: Final = "aws:s3/bucketVersioning:BucketVersioning"
PUBLIC_ACCESS_BLOCK: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
ENCRYPTION: Final = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
_BUCKET_INPUTS: Final = frozenset({"bucket", "forceDestroy", "region", "tags", "tagsAll"})
_VERSIONING_INPUTS: Final = frozenset({"bucket", "region", "versioningConfiguration"})
_BLOCKS: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_ENCRYPTION_INPUTS: Final = frozenset({"bucket", "region", "rules"})
# "General purpose bucket naming rules".
_NAME: Final = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
# The one Region that is no constraint of its own.
_FIRST_REGION: Final = "us-east-1"


def _create_bucket(props: Props) -> str:
    refuse_what_is_not_made(BUCKET, props, _BUCKET_INPUTS)
    name, region = props["bucket"], props["region"]
    if not _NAME.fullmatch(name):
        raise refuse("InvalidBucketName", f"The specified bucket is not valid: {name}")
    place: Any = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3(region).create_bucket(Bucket=name, **({} if region == _FIRST_REGION else place))
    return str(name)


def _set_tags(id_: str, props: Props) -> None:
    client = s3(props["region"])
    if tags := props.get("tagsAll"):
        client.put_bucket_tagging(Bucket=id_, Tagging={"TagSet": tag_list(tags)})
    else:
        client.delete_bucket_tagging(Bucket=id_)


def _read_bucket(id_: str, state: Props) -> Props | None:
    client, region = s3(state["region"]), state["region"]
    if not _is_there(id_, region):
        return None
    end = "amazonaws.com.cn" if partition(region) == "aws-cn" else "amazonaws.com"
    return {
        "arn": f"arn:{partition(region)}:s3:::{id_}",
        "bucket": id_,
        "bucketDomainName": f"{id_}.s3.{end}",
        "bucketNamespace": "global",
        "bucketPrefix": "",
        "bucketRegion": region,
        "bucketRegionalDomainName": f"{id_}.s3.{region}.{end}",
        "hostedZoneId": "",
        "objectLockEnabled": False,
        "region": region,
        "requestPayer": "BucketOwner",
        "versioning": {
            "enabled": client.get_bucket_versioning(Bucket=id_).get("Status") == "Enabled",
            "mfaDelete": False,
        },
        **tags_of({"Tags": _tags(id_, region)}, state),
    }


def _is_there(bucket: str, region: str) -> bool:
    return unless_gone(lambda: s3(region).head_bucket(Bucket=bucket)) is not None


def _tags(bucket: str, region: str) -> Any:  # noqa: ANN401 - boto3's list of maps
    return unless_gone(lambda: s3(region).get_bucket_tagging(Bucket=bucket)["TagSet"]) or []


def _update_bucket(id_: str, _olds: Props, news: Props) -> None:
    refuse_what_is_not_made(BUCKET, news, _BUCKET_INPUTS)
    _set_tags(id_, news)


def _delete_bucket(id_: str, state: Props) -> None:
    client = s3(state["region"])
    if state.get("forceDestroy"):
        for page in client.get_paginator("list_object_versions").paginate(Bucket=id_):
            for each in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                client.delete_object(Bucket=id_, Key=each["Key"], VersionId=each["VersionId"])
    client.delete_bucket(Bucket=id_)


def _create_versioning(props: Props) -> str:
    refuse_what_is_not_made(VERSIONING, props, _VERSIONING_INPUTS)
    wanted = props["versioningConfiguration"]
    if wanted.get("mfaDelete") == "Enabled":
        raise refuse("InvalidRequest", "MFA delete needs a device, which the local AWS does not have")
    if wanted["status"] != "Disabled":
        _set_versioning(props["bucket"], props["region"], wanted["status"])
    return str(props["bucket"])


def _set_versioning(bucket: str, region: str, status: Any) -> None:  # noqa: ANN401 - boto3 has a literal for it
    s3(region).put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})


def _read_versioning(id_: str, state: Props) -> Props | None:
    if not _is_there(id_, state["region"]):
        return None
    found = s3(state["region"]).get_bucket_versioning(Bucket=id_)
    return {
        "bucket": id_,
        "region": state["region"],
        "versioningConfiguration": {"mfaDelete": "Disabled", "status": found.get("Status", "Disabled")},
    }


def _update_versioning(id_: str, olds: Props, news: Props) -> None:
    before, after = (each["versioningConfiguration"]["status"] for each in (olds, news))
    if after == "Disabled" != before:
        raise refuse("InvalidRequest", f"versioning cannot go from {before} to Disabled")
    _create_versioning({**news, "bucket": id_})


def _delete_versioning(id_: str, state: Props) -> None:
    if state["versioningConfiguration"]["status"] == "Enabled":
        _set_versioning(id_, state["region"], "Suspended")


def _set_block(props: Props) -> str:
    wanted: Any = {key[0].upper() + key[1:]: bool(props.get(key)) for key in _BLOCKS}
    s3(props["region"]).put_public_access_block(Bucket=props["bucket"], PublicAccessBlockConfiguration=wanted)
    return str(props["bucket"])


def _update_block(_id: str, _olds: Props, news: Props) -> None:
    _set_block(news)


def _read_block(id_: str, state: Props) -> Props | None:
    found = unless_gone(lambda: s3(state["region"]).get_public_access_block(Bucket=id_))
    if found is None:
        return None
    blocks: Mapping[str, Any] = found["PublicAccessBlockConfiguration"]
    return {
        "bucket": id_,
        "region": state["region"],
        **{key: blocks.get(key[0].upper() + key[1:], False) for key in _BLOCKS},
    }


def _delete_block(id_: str, state: Props) -> None:
    if not state.get("skipDestroy"):
        s3(state["region"]).delete_public_access_block(Bucket=id_)


def _set_encryption(props: Props) -> str:
    refuse_what_is_not_made(ENCRYPTION, props, _ENCRYPTION_INPUTS)
    s3(props["region"]).put_bucket_encryption(
        Bucket=props["bucket"],
        ServerSideEncryptionConfiguration={"Rules": [_encryption_rule(each) for each in props["rules"]]},
    )
    return str(props["bucket"])


def _update_encryption(_id: str, _olds: Props, news: Props) -> None:
    _set_encryption(news)


def _encryption_rule(rule: Props) -> Any:  # noqa: ANN401 - boto3's type
    default = rule["applyServerSideEncryptionByDefault"]
    key = {"KMSMasterKeyID": default["kmsMasterKeyId"]} if default.get("kmsMasterKeyId") else {}
    return {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": default["sseAlgorithm"], **key},
        "BucketKeyEnabled": bool(rule.get("bucketKeyEnabled")),
    }


def _read_encryption(id_: str, state: Props) -> Props | None:
    found = unless_gone(lambda: s3(state["region"]).get_bucket_encryption(Bucket=id_))
    if found is None:
        return None
    return {
        "bucket": id_,
        "region": state["region"],
        "rules": [
            {
                "applyServerSideEncryptionByDefault": {
                    "kmsMasterKeyId": each["ApplyServerSideEncryptionByDefault"].get("KMSMasterKeyID", ""),
                    "sseAlgorithm": each["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
                },
                "bucketKeyEnabled": each.get("BucketKeyEnabled", False),
            }
            for each in found["ServerSideEncryptionConfiguration"]["Rules"]
        ],
    }


def _delete_encryption(id_: str, state: Props) -> None:
    s3(state["region"]).delete_bucket_encryption(Bucket=id_)


KINDS: Final[Mapping[str, Kind]] = {
    BUCKET: Kind(
        create=_create_bucket,
        finish=_set_tags,
        read=_read_bucket,
        update=_update_bucket,
        delete=_delete_bucket,
    ),
    VERSIONING: Kind(
        create=_create_versioning,
        read=_read_versioning,
        update=_update_versioning,
        delete=_delete_versioning,
    ),
    PUBLIC_ACCESS_BLOCK: Kind(
        create=_set_block,
        read=_read_block,
        update=_update_block,
        delete=_delete_block,
    ),
    ENCRYPTION: Kind(
        create=_set_encryption,
        read=_read_encryption,
        update=_update_encryption,
        delete=_delete_encryption,
    ),
}
