"""MWAA environments, over the MWAA that stands beside moto in the local AWS."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from local_cloud.provider.aws import mwaa
from local_cloud.provider.types.kind import Kind, unless_gone
from local_cloud.provider.values import Props

# Maps whose keys are the user's own, not names of the API.
_FREE: Final = frozenset({"airflowConfigurationOptions", "AirflowConfigurationOptions"})
_NOT_SENT: Final = frozenset({"region", "tags", "tagsAll", "name", "workerReplacementStrategy"})
_FIXED: Final = frozenset({"endpointManagement", "kmsKey", "networkConfiguration"})


def _create(props: Props) -> str:
    request = {key: value for key, value in props.items() if key not in _NOT_SENT}
    mwaa(props["region"]).create_environment(Name=props["name"], **_renamed(request, _to_api))
    return str(props["name"])


def _read(id_: str, state: Props) -> Props | None:
    found = unless_gone(lambda: mwaa(state["region"]).get_environment(Name=id_)["Environment"])
    if found is None:
        return None
    read = _renamed(
        {key: value for key, value in found.items() if key not in ("CreatedAt", "Tags")}, _from_api
    )
    return {
        **read,
        "createdAt": str(found["CreatedAt"]),
        "lastUpdateds": [],
        "pluginsS3ObjectVersion": found.get("PluginsS3ObjectVersion", ""),
        "region": state["region"],
        "requirementsS3ObjectVersion": found.get("RequirementsS3ObjectVersion", ""),
        "startupScriptS3ObjectVersion": found.get("StartupScriptS3ObjectVersion", ""),
        "workerReplacementStrategy": state.get("workerReplacementStrategy", ""),
        **{key: state[key] for key in ("tags", "tagsAll") if key in state},
    }


def _update(id_: str, olds: Props, news: Props) -> None:
    """Send what changed; of the network, MWAA changes the security groups alone."""
    changed = {
        key: value for key, value in news.items() if key not in _NOT_SENT | _FIXED and value != olds.get(key)
    }
    before, after = olds["networkConfiguration"], news["networkConfiguration"]
    if before.get("securityGroupIds") != after.get("securityGroupIds"):
        changed["networkConfiguration"] = {"securityGroupIds": after["securityGroupIds"]}
    if changed:
        mwaa(news["region"]).update_environment(Name=id_, **_renamed(changed, _to_api))


def _delete(id_: str, state: Props) -> None:
    mwaa(state["region"]).delete_environment(Name=id_)


def _to_api(key: str) -> str:
    return key[0].upper() + key[1:]


def _from_api(key: str) -> str:
    return key[0].lower() + key[1:]


def _renamed(value: Any, name: Callable[[str], str]) -> Any:  # noqa: ANN401 - any value of a bag
    if not isinstance(value, Mapping):
        return value
    return {
        name(key): dict(each) if key in _FREE else _renamed(each, name)
        for key, each in value.items()
        if key != "__defaults"
    }


KINDS: Final[Mapping[str, Kind]] = {
    "aws:mwaa/environment:Environment": Kind(create=_create, read=_read, update=_update, delete=_delete)
}
