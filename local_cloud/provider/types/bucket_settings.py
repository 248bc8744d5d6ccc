"""Further settings of S3 buckets: logs of accesses, and the lifecycle of versions."""

from collections.abc import Mapping
from typing import Any, Final

from local_cloud.provider.aws import s3
from local_cloud.provider.types.kind import Kind, refuse_what_is_not_made, unless_gone
from local_cloud.provider.values import Props

LOGGING: Final = "aws:s3/bucketLogging:BucketLogging"
LIFECYCLE: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
_LOGGING_INPUTS: Final = frozenset({"bucket", "region", "targetBucket", "targetPrefix"})
_LIFECYCLE_INPUTS: Final = frozenset({"bucket", "region", "rules"})
_RULE_INPUTS: Final = frozenset(
    {"abortIncompleteMultipartUpload", "filter", "id", "noncurrentVersionExpiration", "status"}
)


def _set_logging(props: Props) -> str:
    refuse_what_is_not_made(LOGGING, props, _LOGGING_INPUTS)
    enabled: Any = {"TargetBucket": props["targetBucket"], "TargetPrefix": props["targetPrefix"]}
    s3(props["region"]).put_bucket_logging(
        Bucket=props["bucket"], BucketLoggingStatus={"LoggingEnabled": enabled}
    )
    return str(props["bucket"])


def _read_logging(id_: str, state: Props) -> Props | None:
    found = unless_gone(lambda: s3(state["region"]).get_bucket_logging(Bucket=id_))
    if not found or "LoggingEnabled" not in found:
        return None
    return {
        "bucket": id_,
        "region": state["region"],
        "targetBucket": found["LoggingEnabled"]["TargetBucket"],
        "targetPrefix": found["LoggingEnabled"]["TargetPrefix"],
    }


def _update_logging(_id: str, _olds: Props, news: Props) -> None:
    _set_logging(news)


def _delete_logging(id_: str, state: Props) -> None:
    s3(state["region"]).put_bucket_logging(Bucket=id_, BucketLoggingStatus={})


def _set_lifecycle(props: Props) -> str:
    refuse_what_is_not_made(LIFECYCLE, props, _LIFECYCLE_INPUTS)
    s3(props["region"]).put_bucket_lifecycle_configuration(
        Bucket=props["bucket"], LifecycleConfiguration={"Rules": [_rule(each) for each in props["rules"]]}
    )
    return str(props["bucket"])


def _rule(rule: Props) -> Any:  # noqa: ANN401 - boto3's type
    refuse_what_is_not_made(f"{LIFECYCLE}.rules", rule, _RULE_INPUTS)
    made: dict[str, Any] = {
        "ID": rule["id"],
        "Status": rule["status"],
        "Filter": {"Prefix": (rule.get("filter") or {}).get("prefix") or ""},
    }
    if expiration := rule.get("noncurrentVersionExpiration"):
        made["NoncurrentVersionExpiration"] = {"NoncurrentDays": int(expiration["noncurrentDays"])}
    if abort := rule.get("abortIncompleteMultipartUpload"):
        made["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": int(abort["daysAfterInitiation"])}
    return made


def _read_lifecycle(id_: str, state: Props) -> Props | None:
    found = unless_gone(lambda: s3(state["region"]).get_bucket_lifecycle_configuration(Bucket=id_))
    if found is None:
        return None
    return {
        "bucket": id_,
        "region": state["region"],
        "rules": [_rule_read(each) for each in found["Rules"]],
        "transitionDefaultMinimumObjectSize": "all_storage_classes_128K",
    }


def _rule_read(rule: Any) -> Props:  # noqa: ANN401 - boto3's type
    read: Props = {
        "filter": {"prefix": rule.get("Filter", {}).get("Prefix", "")},
        "id": rule["ID"],
        "status": rule["Status"],
    }
    if "NoncurrentVersionExpiration" in rule:
        days = rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        read["noncurrentVersionExpiration"] = {"noncurrentDays": days}
    if "AbortIncompleteMultipartUpload" in rule:
        days = rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]
        read["abortIncompleteMultipartUpload"] = {"daysAfterInitiation": days}
    return read


def _update_lifecycle(_id: str, _olds: Props, news: Props) -> None:
    _set_lifecycle(news)


def _delete_lifecycle(id_: str, state: Props) -> None:
    s3(state["region"]).delete_bucket_lifecycle(Bucket=id_)


KINDS: Final[Mapping[str, Kind]] = {
    LOGGING: Kind(
        create=_set_logging,
        read=_read_logging,
        update=_update_logging,
        delete=_delete_logging,
    ),
    LIFECYCLE: Kind(
        create=_set_lifecycle,
        read=_read_lifecycle,
        update=_update_lifecycle,
        delete=_delete_lifecycle,
    ),
}
