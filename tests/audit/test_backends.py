"""Where states lie: URLs as Pulumi takes them, and what cannot be opened."""

import os
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from mwaa_audit.backends import Listed, open_backend, open_files
from mwaa_audit.backends.files import Files
from mwaa_audit.errors import AuditError
from tests.audit.state_files import write


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/states", Files(name="/states", url="/states")),
        ("file:///states", Files(name="file:///states", url="/states")),
        ("file:///states?no_tmp_dir=true", Files(name="file:///states", url="/states")),
        ("s3://states", Files(name="s3://states", url="s3://states")),
        (
            "s3://states/of/teams?region=eu-west-1&awssdk=v2&profile=audit",
            Files(
                name="s3://states/of/teams",
                url="s3://states/of/teams",
                options={"client_kwargs": {"region_name": "eu-west-1"}, "profile": "audit"},
            ),
        ),
        (
            "s3://states?endpoint=127.0.0.1:9000&disableSSL=true&s3ForcePathStyle=true",
            Files(
                name="s3://states",
                url="s3://states",
                options={
                    "client_kwargs": {"endpoint_url": "http://127.0.0.1:9000"},
                    "config_kwargs": {"s3": {"addressing_style": "path"}},
                },
            ),
        ),
        (
            "s3://states?endpoint=store.example.com",
            Files(
                name="s3://states",
                url="s3://states",
                options={"client_kwargs": {"endpoint_url": "https://store.example.com"}},
            ),
        ),
        (
            "s3://states?endpoint=http://store.example.com",
            Files(
                name="s3://states",
                url="s3://states",
                options={"client_kwargs": {"endpoint_url": "http://store.example.com"}},
            ),
        ),
        ("gs://states", Files(name="gs://states", url="gs://states")),
        ("azblob://states", Files(name="azblob://states", url="abfs://states")),
        (
            "azblob://states?storage_account=teams",
            Files(name="azblob://states", url="abfs://states", options={"account_name": "teams"}),
        ),
    ],
)
def test_urls_are_those_of_pulumi(url: str, expected: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options for what reads them; the name has none of them."""
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT", raising=False)
    monkeypatch.delenv("AZURE_STORAGE_KEY", raising=False)
    assert open_files(url) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("states", "file://./states/", True),
        ("states", "../other/states", False),
        ("s3://states", "s3://states/?region=eu-west-1", True),
        ("s3://states", "s3://states?endpoint=store.example.com", False),
        ("s3://states", "s3://states?profile=audit", False),
        ("s3://states?profile=store.example.com", "s3://states?endpoint=store.example.com", False),
        ("azblob://states?storage_account=one", "azblob://states?storage_account=two", False),
        ("https://api.pulumi.com/one", "https://api.pulumi.com/one/", True),
        ("https://api.pulumi.com/one", "https://api.pulumi.com/two", False),
    ],
)
def test_a_place_is_one_however_it_is_written(one: str, other: str, *, same: bool) -> None:
    """By where it is, and by the options that choose a store."""
    assert (open_backend(one).identity == open_backend(other).identity) is same


def test_an_account_of_azure_is_where_pulumi_looks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment, under names other than those of what reads it; the key is shown nowhere."""
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", "teams")
    monkeypatch.setenv("AZURE_STORAGE_KEY", "canary")
    place = open_files("azblob://states")
    assert place.options == {"account_name": "teams", "account_key": "canary"}
    assert "canary" not in repr(place) + place.identity


def test_a_home_folder_is_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pulumi takes `file://~`, and paths from where it runs."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert open_files("file://~").url == str(tmp_path / "home")
    assert open_files("file://./states").url == str(tmp_path / "states")
    assert open_files("states").url == str(tmp_path / "states")


def test_a_place_of_another_kind_is_refused() -> None:
    """With what there is."""
    with pytest.raises(
        AuditError, match="ftp:// is not read here; file://, s3://, gs://, azblob://, https:// are"
    ):
        open_files("ftp://states")


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each store of a cloud has an extra."""

    def missing(*_: object, **__: object) -> None:
        raise ImportError("canary")

    monkeypatch.setattr(fsspec.core, "get_filesystem_class", missing)
    with pytest.raises(AuditError, match=r"azblob:// needs mwaa-guardrails\[azure\] installed"):
        list(open_files("azblob://states").states())


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    """Nothing there, or a file."""
    (tmp_path / "file").write_text("canary")
    for name in ("missing", "file"):
        with pytest.raises(AuditError, match="is no folder, and no backend of Pulumi's"):
            list(open_files(str(tmp_path / name)).states())


def test_errors_of_a_store_are_told_by_their_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their texts may quote anything."""
    place = open_files(str(tmp_path))
    with pytest.raises(AuditError, match="it cannot be read: No such file or directory"):
        place.content("missing.json")

    def fail(*_: object) -> bytes:
        raise RuntimeError("canary")

    monkeypatch.setattr(fsspec.implementations.local.LocalFileSystem, "cat_file", fail)
    with pytest.raises(AuditError, match=r"^it cannot be read: RuntimeError$"):
        place.content("missing.json")


def test_a_folder_that_lists_itself_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Object stores do so where an object marks the folder."""
    local = fsspec.implementations.local.LocalFileSystem
    listed = local.ls

    def with_itself(files: object, path: str, **options: object) -> list[dict[str, object]]:
        return [{"name": f"{path}/", "type": "directory", "size": 0}, *listed(files, path, **options)]

    monkeypatch.setattr(local, "ls", with_itself)
    write(tmp_path / ".pulumi" / "stacks" / "a" / "dev.json", {})
    (state,) = open_files(str(tmp_path)).states()
    assert state.location == ".pulumi/stacks/a/dev.json"


def test_states_are_listed_in_order_with_their_versions(tmp_path: Path) -> None:
    """Packed ones too; nothing else of a backend is a state, also where its own folder is named."""
    stacks = tmp_path / ".pulumi" / "stacks"
    for name in ("b/dev.json", "a/prod.json.gz", "a/dev.json.zst", "a/dev.json.bak", "b/dev.json.attrs"):
        write(stacks / name, {})
    write(tmp_path / ".pulumi" / "history" / "a" / "dev" / "dev-1.history.json", {})
    write(tmp_path / ".pulumi" / "locks" / "organization" / "a" / "prod" / "1.json", {})
    listed = list(open_files(str(tmp_path)).states())
    assert [(each.location, each.locked) for each in listed] == [
        (".pulumi/stacks/a/dev.json.zst", False),
        (".pulumi/stacks/a/prod.json.gz", True),
        (".pulumi/stacks/b/dev.json", False),
    ]
    write(tmp_path / ".pulumi" / "backups" / "a" / "prod" / "prod.1.json", {})
    own = list(open_files(str(tmp_path / ".pulumi")).states())
    assert own == [replace(each, location=each.location.removeprefix(".pulumi/")) for each in listed]
    (stacks / "b" / "dev.json").write_text("{ }")
    again = list(open_files(str(tmp_path)).states())
    assert again[:2] == listed[:2]
    assert again[2] != listed[2]
    assert isinstance(again[2], Listed)


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    """Also one that is no UTF-8, and one that is what the first is shown as."""
    names = {
        b"caf\xe9.json": r"caf\xe9.json",
        rb"caf\xe9.json": r"caf\\xe9.json",
        "caf\u00e9.json".encode(): "caf\u00e9.json",
    }
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    place = open_files(str(tmp_path))
    assert {place.content(each.location): each.location for each in place.states()} == names
