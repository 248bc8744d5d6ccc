"""The form of the ids that EC2 gives ("Resource IDs" in the EC2 User Guide)."""

import re
from typing import Final

_ID: Final = re.compile(r"[a-z]+-[0-9a-f]+")


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an id of EC2's; another may be a secret."""
    return _ID.fullmatch(text) is not None
