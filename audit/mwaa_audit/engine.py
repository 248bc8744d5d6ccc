"""The user's own Pulumi command line."""

import shutil
from typing import Final

from mwaa_audit.errors import AuditError

ENGINE: Final = "pulumi"


def engine() -> str:
    """Return where it is.

    Raises:
        AuditError: It is not on the PATH.
    """
    found = shutil.which(ENGINE)
    if found is None:
        raise AuditError("the command pulumi is not on the PATH; see https://www.pulumi.com/docs/install/")
    return found
