"""The provider as a process of the engine's."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from tests.local_cloud.provider.client import ROOT

SECONDS_TO_LEAVE: Final = 20


def test_it_does_not_outlive_an_engine_that_was_killed() -> None:
    """It gets no signal, and leaves by itself."""
    engine = subprocess.Popen(
        ["sh", "-c", f"{sys.executable} -m local_cloud.provider & echo $!; wait"],
        cwd=ROOT,
        env={**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with engine:
        assert engine.stdout is not None
        provider = Path("/proc") / engine.stdout.readline().strip()
        port = int(engine.stdout.readline())
        running = provider.exists()
        engine.send_signal(signal.SIGKILL)
        end = time.monotonic() + SECONDS_TO_LEAVE
        while provider.exists() and time.monotonic() < end:
            time.sleep(0.1)
    assert (port > 0, running, provider.exists()) == (True, True, False)


@pytest.mark.parametrize("plugin", ["local_cloud.language.server", "local_cloud.provider.server"])
def test_a_plugin_loads_the_protocol_and_not_the_sdk(plugin: str) -> None:
    """The SDK takes longer to load than all the rest, and plugins start with each command of the engine."""
    program = (
        "import runpy, sys\n"
        f"sys.argv = ['launch.py', {plugin!r}]\n"
        f"runpy.run_path({str(ROOT / 'local_cloud' / 'launch.py')!r}, run_name='__main__')\n"
        "print(*(name for name in sys.modules if name.startswith('pulumi.')))\n"
    )
    loaded = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert {name.split(".")[1] for name in loaded.stdout.split()} == {"runtime"}
