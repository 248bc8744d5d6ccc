"""Amazon Resource Names: the account and the bucket that one names.

Source: "Identify AWS resources with Amazon Resource Names (ARNs)" in the IAM User Guide.
"""

import re
from typing import Final

from mwaa_guardrails.documents.facts import BUCKET_NAME_PATTERN

_ACCOUNT: Final = re.compile(r"arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*")
_BUCKET: Final = re.compile(rf"arn:[^:]*:s3:::({BUCKET_NAME_PATTERN})")


def account_of(arn: str) -> str | None:
    """Return the account in an ARN; None when it names none."""
    found = _ACCOUNT.fullmatch(arn)
    return found[1] if found else None


def bucket_of(arn: str) -> str | None:
    """Return the bucket that an ARN means; None when it means none, or an object in one."""
    found = _BUCKET.fullmatch(arn)
    return found[1] if found else None
