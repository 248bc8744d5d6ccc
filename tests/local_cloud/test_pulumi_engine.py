"""Which engine is used: the user's own when it will do, else one built from its Go modules and kept."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from local_cloud import engine_build
from local_cloud.engine_version import OLDEST
from local_cloud.errors import LocalCloudError
from local_cloud.paths import REPOSITORY
from local_cloud.pulumi_engine import Engine, find_engine
from tests.local_cloud.programs import OUR_VERSION, builds_engine, put, put_go, put_pulumi

SYSTEM = "/usr/bin:/bin"


def kept_engine(store: Path) -> Path:
    """Where the store keeps its engine."""
    return store / engine_build.recipe().key / "pulumi"


def on_path(*folders: Path) -> dict[str, str]:
    """An environment whose PATH is these folders and the system's own programs."""
    return {"PATH": ":".join([*map(str, folders), SYSTEM])}


def test_the_engine_of_the_tests_is_a_real_one_new_enough(engine: Engine) -> None:
    """The engine that `make up` finds on this machine answers with a version that will do."""
    assert engine.version >= OLDEST


@pytest.mark.parametrize("version", ["v3.229.0", "v3.300.1", "v4.0.0", "v3.260.0-dev.0"])
def test_an_engine_on_the_path_that_is_new_enough_is_used(tmp_path: Path, version: str) -> None:
    """Nothing is built when the user's own engine will do."""
    pulumi = put_pulumi(tmp_path / "bin", version)

    found = find_engine(tmp_path / "store", on_path(tmp_path / "bin"))

    assert (found.executable, found.origin) == (pulumi, "path")


@pytest.mark.parametrize(
    ("why", "script"),
    [
        ("v3.228.9, older than v3.229.0", "echo v3.228.9"),
        ("`pulumi version` ended with code 3", "exit 3"),
        ("`pulumi version` answered 'hello'", "echo hello"),
    ],
)
def test_an_engine_on_the_path_that_will_not_do_gives_way_to_a_built_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], why: str, script: str
) -> None:
    """The reason is told, and the engine is built."""
    put(tmp_path / "bin", "pulumi", script)
    put_go(tmp_path / "go", builds_engine())

    found = find_engine(tmp_path / "store", on_path(tmp_path / "bin", tmp_path / "go"))

    assert (found.executable, found.origin) == (kept_engine(tmp_path / "store"), "built")
    assert why in capsys.readouterr().out


def test_a_kept_engine_is_not_built_again_and_needs_no_go(tmp_path: Path) -> None:
    """Once built, the engine is found without Go."""
    put_go(tmp_path / "go", builds_engine())
    store = tmp_path / "store"

    first = find_engine(store, on_path(tmp_path / "go"))
    second = find_engine(store, on_path())

    assert first == second


def make_empty(engine: Path) -> None:
    """As a disk that ran full leaves it."""
    engine.write_bytes(b"")
    engine.chmod(0o755)


def make_unexecutable(engine: Path) -> None:
    """As a copy without its permissions leaves it."""
    engine.write_text("#!/bin/sh\necho v3.259.0\n")


def make_half(engine: Path) -> None:
    """As an interrupted copy leaves it: a real program, cut off."""
    engine.write_bytes(Path(sys.executable).resolve().read_bytes()[:4096])
    engine.chmod(0o755)


def make_other_version(engine: Path) -> None:
    """As a file put there by hand may be."""
    put_pulumi(engine.parent, "v3.258.0")


@pytest.mark.parametrize("damage", [make_empty, make_unexecutable, make_half, make_other_version])
def test_a_damaged_engine_is_told_of_and_built_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    """A half-built engine never runs."""
    kept = kept_engine(tmp_path / "store")
    kept.parent.mkdir(parents=True)
    damage(kept)
    put_go(tmp_path / "go", builds_engine())

    find_engine(tmp_path / "store", on_path(tmp_path / "go"))

    told = capsys.readouterr().out
    assert f"The engine kept at {kept} will not do" in told
    assert "it is built again" in told
    assert subprocess.run([kept], capture_output=True, text=True, check=True).stdout == f"{OUR_VERSION}\n"


def test_a_build_killed_in_the_middle_leaves_no_engine_behind(tmp_path: Path) -> None:
    """The engine appears only when it is whole; the next attempt builds it."""
    store = tmp_path / "store"
    started = tmp_path / "started"
    put_go(tmp_path / "slow", f'printf half > "$target"; touch {started}; exec sleep 60')
    code = (
        "import os, sys; from pathlib import Path; from local_cloud.pulumi_engine import find_engine; "
        "find_engine(Path(sys.argv[1]), os.environ)"
    )
    building = subprocess.Popen(
        [sys.executable, "-c", code, str(store)],
        cwd=REPOSITORY,
        env=on_path(tmp_path / "slow"),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not started.exists():
        assert building.poll() is None
        time.sleep(0.02)
    os.killpg(building.pid, signal.SIGKILL)
    building.wait()
    left = kept_engine(store).exists()

    put_go(tmp_path / "go", builds_engine())
    find_engine(store, on_path(tmp_path / "go"))

    assert (left, kept_engine(store).exists()) == (False, True)


def test_two_that_need_the_engine_at_once_build_it_once(tmp_path: Path) -> None:
    """The second waits for the first and takes what it built."""
    builds = tmp_path / "builds"
    put_go(tmp_path / "go", builds_engine(f"echo build >> {builds}; sleep 1"))
    code = (
        "import os, sys; from pathlib import Path; from local_cloud.pulumi_engine import find_engine; "
        "find_engine(Path(sys.argv[1]), os.environ)"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "store")],
            cwd=REPOSITORY,
            env=on_path(tmp_path / "go"),
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]

    assert [process.wait() for process in both] == [0, 0]
    assert builds.read_text() == "build\n"


def test_without_pulumi_and_go_the_error_says_how_to_install_either(tmp_path: Path) -> None:
    """No Go, no pulumi: the user learns both ways out."""
    with pytest.raises(LocalCloudError) as refused:
        find_engine(tmp_path / "store", {"PATH": str(tmp_path)})

    assert str(refused.value) == (
        "The local cloud needs the Pulumi engine, and neither pulumi nor Go is on the PATH. Install either:\n"
        "  pulumi v3.229.0 or newer: https://www.pulumi.com/docs/install/\n"
        "  Go 1.21 or newer, from which the engine is built once (some five minutes): "
        "https://go.dev/doc/install"
    )


def test_a_go_that_is_too_old_is_named_with_what_is_needed(tmp_path: Path) -> None:
    """Go before 1.21 cannot fetch the newer Go that the engine asks for."""
    go = put_go(tmp_path / "go", builds_engine(), version="go1.19.8")

    with pytest.raises(LocalCloudError, match=r"go1\.19; the engine needs Go 1\.21 or newer") as refused:
        find_engine(tmp_path / "store", on_path(tmp_path / "go"))

    assert str(refused.value).startswith(str(go))


def test_a_failed_build_shows_the_end_of_its_log_and_another_way(tmp_path: Path) -> None:
    """What Go said is shown, where the rest is, and that pulumi can be installed instead."""
    put_go(tmp_path / "go", 'echo "go: no such host" >&2; exit 1')

    with pytest.raises(LocalCloudError) as refused:
        find_engine(tmp_path / "store", on_path(tmp_path / "go"))

    log = kept_engine(tmp_path / "store").with_name("build.log")
    assert str(refused.value) == (
        f"The Pulumi engine could not be built. The last lines of {log}:\ngo: no such host\n"
        "Instead of building it, install pulumi v3.229.0 or newer: https://www.pulumi.com/docs/install/"
    )


def test_a_user_can_insist_on_the_built_engine(tmp_path: Path) -> None:
    """`LOCAL_CLOUD_ENGINE=built` passes the one on the PATH by."""
    put_pulumi(tmp_path / "bin", "v3.300.0")
    put_go(tmp_path / "go", builds_engine())
    environment = on_path(tmp_path / "bin", tmp_path / "go") | {"LOCAL_CLOUD_ENGINE": "built"}

    assert find_engine(tmp_path / "store", environment).origin == "built"


def test_a_user_who_insists_on_the_path_is_told_why_that_will_not_do(tmp_path: Path) -> None:
    """`LOCAL_CLOUD_ENGINE=path` never builds."""
    pulumi = put_pulumi(tmp_path / "bin", "v3.100.0")
    environment = on_path(tmp_path / "bin") | {"LOCAL_CLOUD_ENGINE": "path"}

    with pytest.raises(LocalCloudError) as refused:
        find_engine(tmp_path / "store", environment)

    assert str(refused.value) == (
        f"LOCAL_CLOUD_ENGINE is 'path', but {pulumi} is v3.100.0, older than v3.229.0."
    )


def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    """A misspelt choice is not taken for none."""
    with pytest.raises(LocalCloudError) as refused:
        find_engine(tmp_path / "store", {"PATH": "", "LOCAL_CLOUD_ENGINE": "build"})

    assert str(refused.value) == (
        "LOCAL_CLOUD_ENGINE is 'build'; it can be 'path', 'built', or not set at all."
    )


@pytest.mark.parametrize(
    ("what", "names", "used"),
    [
        ("both parts beside it", ("pulumi-language-python", "pulumi-language-python-exec"), "official"),
        ("the plugin without its executor", ("pulumi-language-python",), "ours"),
        ("nothing beside it", (), "ours"),
    ],
)
def test_the_official_language_plugin_counts_only_when_whole(
    tmp_path: Path, what: str, names: tuple[str, ...], used: str
) -> None:
    """Ours is used only where the engine at hand brings none."""
    cellar = tmp_path / "cellar"
    put_pulumi(cellar, "v3.300.0")
    for name in names:
        put(cellar, name, "true")
    # Package managers link the engine into the PATH.
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pulumi").symlink_to(cellar / "pulumi")

    found = find_engine(tmp_path / "store", on_path(tmp_path / "bin"))

    assert ("official" if found.has_language_plugin else "ours") == used, what
