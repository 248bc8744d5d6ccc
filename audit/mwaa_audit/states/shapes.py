"""JSON values that must have a certain shape; what is malformed is an error that quotes nothing."""

from collections.abc import Iterator, Mapping

from mwaa_audit.errors import AuditError


def as_object(value: object, where: str) -> Mapping[str, object]:
    """Return a value that must be a JSON object."""
    if not isinstance(value, dict):
        raise AuditError(f"{where} is not a JSON object")
    return value


def as_list(value: object, where: str) -> list[object]:
    """Return a value that must be a JSON list, or absent."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise AuditError(f"{where} is not a JSON list")
    return value


def objects(value: object, where: str) -> Iterator[Mapping[str, object]]:
    """Yield the elements of a list that must hold JSON objects alone."""
    for index, item in enumerate(as_list(value, where)):
        yield as_object(item, f"{where}[{index}]")


def text(value: object, where: str) -> str:
    """Return a value that must be a text, or absent."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise AuditError(f"{where} is not a text")
    return whole(value)


def texts(value: object, where: str) -> tuple[str, ...]:
    """Return a list that must hold texts alone."""
    return tuple(text(item, f"{where}[{index}]") for index, item in enumerate(as_list(value, where)))


def whole(text: str) -> str:
    """Return a text without halves of characters, which JSON can spell and nobody can send anywhere."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
