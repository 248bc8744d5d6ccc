"""Clients of the simulated AWS: on a loopback address only, with credentials that are nobody's."""

import ipaddress
import os
import threading
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client

ENDPOINT: Final = "AWS_ENDPOINT_URL"
ACCOUNT: Final = "123456789012"
NOBODY: Final = "local"

_MAKING: Final = threading.Lock()
"""Many requests come at once, and each client takes half a second of processor time to make."""


class NotLoopbackError(Exception):
    """The endpoint is not on this machine; a stand-in for AWS must never meet the real one."""


class RefusedError(Exception):
    """What AWS refuses and moto accepts; the text is AWS's code and message."""


def loopback_endpoint() -> str:
    """Return the endpoint of the simulated AWS.

    Raises:
        NotLoopbackError: The environment names none, or one that is not on this machine.
    """
    url = os.environ.get(ENDPOINT, "")
    host = urlsplit(url).hostname or ""
    if host != "localhost" and not _is_loopback(host):
        raise NotLoopbackError(
            f'{ENDPOINT} is "{url}"; the local AWS provider takes a loopback address only, such as '
            "http://127.0.0.1:5000. It is a stand-in; for a real account use the genuine AWS provider."
        )
    return url


def ec2(region: str) -> "EC2Client":
    """Return the client of EC2 in a Region."""
    client: EC2Client = _client("ec2", region)
    return client


def s3(region: str) -> "S3Client":
    """Return the client of S3 in a Region."""
    client: S3Client = _client("s3", region)
    return client


def iam() -> "IAMClient":
    """Return the client of IAM, which has no Regions."""
    client: IAMClient = _client("iam", "us-east-1")
    return client


def kms(region: str) -> "KMSClient":
    """Return the client of KMS in a Region."""
    client: KMSClient = _client("kms", region)
    return client


def logs(region: str) -> "CloudWatchLogsClient":
    """Return the client of CloudWatch Logs in a Region."""
    client: CloudWatchLogsClient = _client("logs", region)
    return client


def mwaa(region: str) -> Any:  # noqa: ANN401 - no types are published for this service here
    """Return the client of MWAA in a Region."""
    return _client("mwaa", region)


def _client(service: str, region: str) -> Any:  # noqa: ANN401 - boto3 has a type for each service
    with _MAKING:
        return _made_once(service, region)


@cache
def _made_once(service: str, region: str) -> Any:  # noqa: ANN401 - likewise
    import boto3  # noqa: PLC0415 - slow to import, and a preview does without it
    import botocore.session  # noqa: PLC0415 - likewise
    from botocore.config import Config  # noqa: PLC0415 - likewise

    # Neither the user's files and profile, nor a proxy have a say.
    nobodys = botocore.session.Session(
        {
            "profile": (None, None, None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
        }
    )
    session = boto3.session.Session(
        aws_access_key_id=NOBODY,
        aws_secret_access_key=NOBODY,
        region_name=region,
        botocore_session=nobodys,
    )
    config = Config(
        max_pool_connections=64,
        inject_host_prefix=False,
        proxies={},
    )
    return session.client(service, endpoint_url=loopback_endpoint(), config=config)  # type: ignore[call-overload] # any service


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
