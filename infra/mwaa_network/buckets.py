"""Reads the names of the buckets that the S3 endpoint lets an environment read."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mwaa_guardrails.documents.facts import (
    BUCKET_NAME_CHARACTERS,
    BUCKET_NAME_PATTERN,
    BUCKET_NAME_RESERVED_PREFIXES,
    BUCKET_NAME_RESERVED_SUFFIXES,
    ENDPOINT_POLICY_MAX_CHARACTERS,
    S3,
)
from mwaa_guardrails.documents.requirements import (
    S3_GATEWAY_POLICY_DAG_BUCKET_TOO,
    S3_GATEWAY_POLICY_STARPORT,
)
from mwaa_network.arguments import NetworkArgs
from mwaa_network.endpoint_plan import plan_endpoints, s3_policy
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, shown

KEY: Final = "s3EndpointBuckets"
_SHORTEST, _LONGEST = BUCKET_NAME_CHARACTERS
_ALLOWED_NAME: Final = (
    f"names of S3 buckets: {_SHORTEST} to {_LONGEST} lower case letters, digits, hyphens and single dots"
)
_WHY_NAMED: Final = cited(S3_GATEWAY_POLICY_STARPORT, S3_GATEWAY_POLICY_DAG_BUCKET_TOO)


def read_buckets(value: object) -> tuple[str, ...] | Refused:
    """Return the names that a value lists, each once, or everything that is wrong with the value."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        return Refused((_no_list(value),))
    problems = tuple(problem for each in value for problem in bucket_name_problems(KEY, each))
    return Refused(problems) if problems else tuple(dict.fromkeys(value))


def policy_size_problem(region: str, buckets: Sequence[str] | None) -> Problem | None:
    """Return the problem of more buckets than fit into one policy document, if there is one."""
    size = len(s3_policy(region, buckets))
    if buckets is None or size <= ENDPOINT_POLICY_MAX_CHARACTERS:
        return None
    return Problem(
        key=KEY,
        fault=f"{len(buckets)} buckets make a policy document of {size} characters",
        allowed=f"as many buckets as fit into {ENDPOINT_POLICY_MAX_CHARACTERS} characters",
        why="A VPC endpoint has one policy document of that size at most (CreateVpcEndpoint).",
        remedy=f"Name fewer buckets, or leave {KEY} out to let every bucket through.",
    )


def idle_buckets_problem(args: NetworkArgs, region: str) -> Problem | None:
    """Return the problem of buckets for an S3 endpoint that is not made here, if there is one."""
    if args.s3_endpoint_buckets is None or any(
        each.label == S3.suffix for each in plan_endpoints(args, region)
    ):
        return None
    return Problem(
        key=KEY,
        fault="it is set, but no S3 endpoint is made here",
        allowed=f"{KEY} where the network makes the S3 endpoint",
        why="The policy of an endpoint that is there already stays what it is.",
        remedy=f"Leave {KEY} out, and name the buckets in the policy of that endpoint.",
    )


def _no_list(value: object) -> Problem:
    split = [each.strip() for each in value.split(",")] if isinstance(value, str) else []
    near = [name for name in (_nearest(each) for each in split) if name]
    return Problem(
        key=KEY,
        fault=f"{shown(value)} is no list of buckets",
        allowed="a list with the bucket of DAGs and supporting files, and others that tasks read",
        why=_WHY_NAMED,
        remedy=did_you_mean(near) if near else f"Leave {KEY} out to let every bucket through.",
    )


def bucket_name_problems(key: str, name: object) -> Iterator[Problem]:
    """Yield what is wrong with the name of a bucket."""
    if not (isinstance(name, str) and _is_bucket_name(name)):
        near = _nearest(name) if isinstance(name, str) else None
        yield Problem(
            key=key,
            fault=f"{shown(name)} is no bucket name",
            allowed=_ALLOWED_NAME,
            why="S3 has no bucket of another name (General purpose bucket naming rules).",
            remedy=did_you_mean(near) if near else "Write the bucket's name as the S3 console shows it.",
        )


def _is_bucket_name(text: str) -> bool:
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and re.fullmatch(BUCKET_NAME_PATTERN, text) is not None
        and not re.fullmatch(r"\d+(\.\d+){3}", text)
        and not text.startswith(BUCKET_NAME_RESERVED_PREFIXES)
        and not text.endswith(BUCKET_NAME_RESERVED_SUFFIXES)
    )


def _nearest(text: str) -> str | None:
    """Return the bucket that an ARN, a URL or a name with forbidden characters means."""
    bucket = re.sub(r"^(arn:[^:]*:s3:::|s3://)", "", text.strip()).partition("/")[0]
    plain = re.sub(r"[^a-z0-9.]+", "-", bucket.lower()).strip("-.")
    return plain if _is_bucket_name(plain) else None
