"""Backends and folders that are files, on a disk or in the object store of a cloud, through fsspec.

A backend keeps the state of a stack in `.pulumi/stacks/<project>/<stack>.json`, packed or not, and a file in
`.pulumi/locks/organization/<project>/<stack>/` while an update is under way. Elsewhere, each `.json` file is
taken for an export.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from mwaa_audit.backends.backend import Listed
from mwaa_audit.errors import AuditError

_Answer = TypeVar("_Answer")

_STATE: Final = re.compile(r"(?P<stack>.+)\.json(\.gz|\.zst)?")
_ESCAPED: Final = re.compile(rb"\\(?:x([0-9a-f]{2})|\\)")
_PULUMI: Final = ".pulumi"
_STACKS: Final = "stacks"
_LOCKS: Final = "locks/organization"
# Pulumi's name of a scheme, by fsspec's.
_SCHEMES: Final[Mapping[str, str]] = {"file": "file", "s3": "s3", "gs": "gs", "azblob": "abfs"}
_EXTRAS: Final[Mapping[str, str]] = {"s3": "s3", "gs": "gcs", "azblob": "azure"}
# What tells a version of a file, in the words of the different stores.
_VERSIONS: Final = ("ETag", "etag", "generation", "mtime", "LastModified", "last_modified", "size")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """States in files.

    Attributes:
        name: The backend's URL, without its options.
        url: Where, in fsspec's words.
        options: What the store is opened with.
    """

    name: str
    url: str
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def identity(self) -> str:
        """Where it is, and the options that choose a store; no key of an account is one."""
        client = self.options.get("client_kwargs", {})
        chosen = (self.options.get("account_name"), self.options.get("profile"), client.get("endpoint_url"))
        return " ".join([self.url.rstrip("/"), *(quote(each or "") for each in chosen)])

    def states(self) -> Iterator[Listed]:
        """List the states, folder by folder."""
        files, root = self._open()
        if not _asked(files.isdir, root):
            raise AuditError(f"{self.name} is no folder, and no backend of Pulumi's")
        # A backend may be named by its own folder, too; what else is in there are copies of states.
        for pulumi in (f"{root}/{_PULUMI}", root):
            stacks = f"{pulumi}/{_STACKS}"
            if pulumi.endswith(f"/{_PULUMI}") and _asked(files.isdir, stacks):
                yield from self._states(files, stacks, root, _locked(files, f"{pulumi}/{_LOCKS}"))
                return
        yield from self._states(files, root, root, frozenset())

    def content(self, location: str) -> bytes:
        """Read a state."""
        files, root = self._open()
        content = _asked(files.cat_file, f"{root}/{_path_of(location)}")
        return bytes(content)

    def _open(self) -> tuple[AbstractFileSystem, str]:
        try:
            files, root = url_to_fs(self.url, **self.options)
        except ImportError:
            scheme = self.name.partition(":")[0]
            raise AuditError(f"{scheme}:// needs mwaa-guardrails[{_EXTRAS[scheme]}] installed") from None
        return files, str(root).rstrip("/")

    def _states(
        self, files: AbstractFileSystem, folder: str, root: str, locked: frozenset[str]
    ) -> Iterator[Listed]:
        entries = sorted(_asked(files.ls, folder, detail=True), key=lambda each: str(each["name"]))
        for entry in entries:
            path = str(entry["name"]).rstrip("/")
            name = path.rpartition("/")[2]
            state = _STATE.fullmatch(name)
            if entry["type"] == "directory":
                if path != folder:
                    yield from self._states(files, path, root, locked)
            elif state:
                project = folder.rpartition("/")[2]
                yield Listed(
                    location=_location_of(path.removeprefix(f"{root}/")),
                    version=" ".join(str(entry[key]) for key in _VERSIONS if entry.get(key) is not None),
                    locked=f"{project}/{state['stack']}" in locked,
                )


def open_files(url: str) -> Files:
    """Return the states at a URL, as Pulumi writes it, or in a folder.

    Raises:
        AuditError: The URL is of no kind that is read here.
    """
    parts = urlsplit(url)
    if "://" not in url:
        return Files(name=url, url=str(Path(url).resolve()))
    if parts.scheme not in _SCHEMES:
        read = ", ".join(f"{each}://" for each in (*_SCHEMES, "https"))
        raise AuditError(f"{parts.scheme}:// is not read here; {read} are")
    plain = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    if parts.scheme == "file":
        # Pulumi takes what follows as a path, also a relative one and one in the home folder.
        path = url.removeprefix("file://").partition("?")[0]
        return Files(name=plain, url=str(Path(path).expanduser().resolve()))
    located = plain.replace(f"{parts.scheme}://", f"{_SCHEMES[parts.scheme]}://", 1)
    given = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return Files(name=plain, url=located, options=_OPTIONS.get(parts.scheme, _no_options)(given))


def _location_of(path: str) -> str:
    r"""Return a path as a text that can be shown and kept; what is no UTF-8 becomes `\xe9`, and `\` two."""
    return path.replace("\\", r"\\").encode(errors="surrogateescape").decode(errors="backslashreplace")


def _path_of(location: str) -> str:
    """Return the path that a location stands for."""
    path = _ESCAPED.sub(
        lambda found: bytes.fromhex(found[1].decode()) if found[1] else b"\\", location.encode()
    )
    return path.decode(errors="surrogateescape")


def _no_options(_given: Mapping[str, str]) -> dict[str, Any]:
    return {}


def _s3_options(given: Mapping[str, str]) -> dict[str, Any]:
    """Return what s3fs is opened with, for the options in a URL of Pulumi's."""
    options: dict[str, Any] = {}
    client: dict[str, Any] = {}
    if "endpoint" in given:
        scheme = "http" if given.get("disableSSL") == "true" else "https"
        address = given["endpoint"]
        client["endpoint_url"] = address if "://" in address else f"{scheme}://{address}"
    if "region" in given:
        client["region_name"] = given["region"]
    if client:
        options["client_kwargs"] = client
    if given.get("s3ForcePathStyle") == "true":
        options["config_kwargs"] = {"s3": {"addressing_style": "path"}}
    if "profile" in given:
        options["profile"] = given["profile"]
    return options


def _azure_options(given: Mapping[str, str]) -> dict[str, Any]:
    """Return what adlfs is opened with, for what Pulumi takes; by other names it finds the rest itself."""
    options = {
        "account_name": given.get("storage_account") or os.environ.get("AZURE_STORAGE_ACCOUNT"),
        "account_key": os.environ.get("AZURE_STORAGE_KEY"),
    }
    return {name: value for name, value in options.items() if value}


_OPTIONS: Final[Mapping[str, Callable[[Mapping[str, str]], dict[str, Any]]]] = {
    "s3": _s3_options,
    "azblob": _azure_options,
}


def _locked(files: AbstractFileSystem, folder: str) -> frozenset[str]:
    """Return the stacks, as `project/stack`, of which an update is under way."""
    if not _asked(files.isdir, folder):
        return frozenset()
    return frozenset("/".join(str(each).split("/")[-3:-1]) for each in _asked(files.find, folder))


def _asked(ask: Callable[..., _Answer], *arguments: object, **named: object) -> _Answer:
    """Ask a store; its errors are told by kind, for their texts may quote anything."""
    try:
        return ask(*arguments, **named)
    except OSError as error:
        raise AuditError(f"it cannot be read: {error.strerror or type(error).__name__}") from None
    except Exception as error:  # noqa: BLE001 - each store's library has exceptions of its own
        raise AuditError(f"it cannot be read: {type(error).__name__}") from None
