"""The environment of everything local: nothing of the user's Pulumi or AWS reaches it."""

from collections.abc import Mapping
from pathlib import Path

from local_cloud.paths import STACK, Places
from local_cloud.pulumi_engine import Engine

LOOPBACK = "127.0.0.1,localhost"


def apart_from_the_users(environment: Mapping[str, str]) -> dict[str, str]:
    """The user's environment without their AWS and Pulumi settings, and with no proxy before loopback."""
    kept = {name: value for name, value in environment.items() if not name.startswith(("AWS_", "PULUMI_"))}
    for name in ("NO_PROXY", "no_proxy"):
        kept[name] = ",".join(part for part in (kept.get(name), LOOPBACK) if part)
    return kept


def engine_environment(
    places: Places, engine: Engine, endpoint: str, environment: Mapping[str, str]
) -> dict[str, str]:
    """The environment in which the engine and all its plugins run.

    The endpoint is the local AWS's, such as `http://127.0.0.1:41234`. The credentials are no credentials:
    moto takes any. The credential files are named where none are, so that the user's own are never read.
    """
    return {
        **apart_from_the_users(environment),
        "PATH": f"{engine.executable.parent}:{environment.get('PATH', '')}",
        "PULUMI_HOME": str(places.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{places.backend}",
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_STACK": STACK,
        "PULUMI_OPTION_CONFIG_FILE": str(places.config),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        # A provider or language plugin on the PATH would otherwise be preferred to ours.
        "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_CONFIG_FILE": str(_no_file(places, "config")),
        "AWS_SHARED_CREDENTIALS_FILE": str(_no_file(places, "credentials")),
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _no_file(places: Places, name: str) -> Path:
    return places.aws / "no-aws-files" / name
