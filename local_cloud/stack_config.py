"""Keeps a local copy of the stack's configuration, so that the engine's salt never enters the user's file."""

import hashlib
import re
from pathlib import Path

import yaml

from local_cloud.errors import LocalCloudError
from local_cloud.paths import Places
from local_cloud.progress import say

ENCRYPTION_LINE = re.compile(r"^(encryptionsalt|encryptedkey|secretsprovider):.*\n?", re.MULTILINE)
"""What the engine adds at the top level of a stack's configuration, each on a line of its own."""


def refresh_copy(places: Places) -> None:
    """Bring the copy in step with the original when that has changed, and keep the copy's own salt.

    Between such changes the copy is left alone: what `pulumi config set` wrote into it stays.

    Raises:
        LocalCloudError: The original is missing, is no YAML, or holds another stack's secrets.
    """
    original = _read_original(places.original_config)
    digest = hashlib.sha256(original.encode()).hexdigest()
    seen = places.stack / "config-of-the-copy"
    if places.config.is_file() and seen.is_file():
        if seen.read_text() == digest:
            return
        say(f"{places.original_config.name} has changed; the local copy follows it.")
    settings = ENCRYPTION_LINE.sub("", original)
    if settings and not settings.endswith("\n"):
        settings += "\n"
    places.stack.mkdir(parents=True, exist_ok=True)
    places.config.write_text(settings + _salt_line(places.config))
    seen.write_text(digest)


def _salt_line(copy: Path) -> str:
    lines = ENCRYPTION_LINE.finditer(copy.read_text()) if copy.is_file() else ()
    return "".join(line[0] for line in lines)


def _read_original(path: Path) -> str:
    try:
        text = path.read_text()
        content = yaml.safe_load(text)
    except FileNotFoundError as error:
        raise LocalCloudError(
            f"{path} does not exist. It holds the configuration of the stack; restore it from git."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LocalCloudError(f"{path} is no valid YAML: {error}") from error
    config = content.get("config") if isinstance(content, dict) else None
    for key, value in config.items() if isinstance(config, dict) else ():
        if isinstance(value, dict) and "secure" in value:
            raise LocalCloudError(
                f"{key} in {path} is a secret that only its own stack can decrypt. Put a plain value in its "
                "place for the local AWS, or leave the key out."
            )
    return text
