"""Property bags as the engine sends them: plain Python values, with the engine's mark for unknown ones."""

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct

UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

Props = dict[str, Any]


def decode(struct: Struct) -> Props:
    """Return a bag; whole numbers, which travel as floats, are whole again."""
    decoded: Props = _whole(MessageToDict(struct))
    return decoded


def encode(props: Mapping[str, Any]) -> Struct:
    """Return a bag for the engine."""
    return ParseDict(dict(props), Struct())


def has_unknown(value: object) -> bool:
    """Tell whether a value is unknown or holds something unknown."""
    if isinstance(value, Mapping):
        return any(has_unknown(each) for each in value.values())
    if isinstance(value, list):
        return any(has_unknown(each) for each in value)
    return value == UNKNOWN


def _whole(value: Any) -> Any:  # noqa: ANN401 - any value of a bag
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
