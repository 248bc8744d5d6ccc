"""Reading a file of settings, once, before anything is judged."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

SETTINGS_FILE: Final = "mwaa-guardrails.yaml"
_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


class SettingsError(Exception):
    """Settings cannot be taken as they are; the text says what is wrong, a line each."""


class _Loader(yaml.SafeLoader):
    """YAML in which days are texts, as in JSON, and no key stands twice: it would undo the first unseen."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML has it so, and nothing changes it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's
        """Return a mapping, each key of which stands there once."""
        seen: set[str] = set()
        # A key that is a mapping or a list is refused below, with its line.
        for key in (each for each, _ in node.value if isinstance(each, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key.value} stands there twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_file(path: Path) -> Mapping[str, object]:
    """Return what a file of settings states; an empty one states nothing.

    Raises:
        SettingsError: The file cannot be read, or it is not YAML, or not a mapping.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{path.name} cannot be read: {reason}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = "" if mark is None else f", line {mark.line + 1}"
        raise SettingsError(f"{path.name}{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"{path.name} is not YAML") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path.name} holds what cannot be read: {error}") from error
    if document is None:
        return {}
    if not isinstance(document, Mapping):
        raise SettingsError(f"{path.name} is not a mapping of keys to values")
    return {str(key): value for key, value in document.items()}
