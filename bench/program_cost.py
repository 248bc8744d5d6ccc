"""What the network program takes beyond one that does nothing: processor time, alternating on the engine.

    python -m bench.program_cost [RUNS]

Processor time of the program's own process, from start to end: imports, configuration, plans and
registrations. How long one waits is printed beside it, and holds engine and provider, too.
"""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local_cloud.paths import engine_store
from local_cloud.pulumi_engine import find_engine
from tests.engine.workbench import Workbench, copy_of_repository, workbench

BUDGET_SECONDS: Final = 1.2
RESOURCES: Final = 64
CHOICES: Final = {
    "ipv6": True,
    "ingress": "restricted",
    "networkAcl": "restricted",
    "s3EndpointBuckets": ["our-dags"],
    "extraEndpoints": ["athena", "ecr.api", "glue", "secretsmanager", "ssm", "sts"],
}
NOTHING: Final = "import pulumi\n"
# What a process has taken stands in a file when it has ended.
CLOCK: Final = """
import atexit, pathlib, time
atexit.register(lambda: pathlib.Path({file!r}).write_text(str(time.process_time())))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a preview took: the program's processor time, and the time that one waits for it."""

    own: float
    waited: float
    resources: int


def main(runs: int) -> int:
    """Print the medians of both programs and what lies between them; return 1 when it is over the budget."""
    engine = find_engine(engine_store(), os.environ)
    with tempfile.TemporaryDirectory() as folder:
        project = copy_of_repository(Path(folder))
        program = project / "infra" / "__main__.py"
        clock = Path(folder) / "seconds"
        timed = CLOCK.format(file=str(clock))
        network, empty = timed + program.read_text(), timed + NOTHING
        with workbench(project, Path(folder) / "local", engine) as bench:
            bench.set_config(**CHOICES)

            def measure(text: str) -> Preview:
                program.write_text(text)
                return _preview(bench, clock)

            measure(network)  # the first run compiles what Python keeps compiled afterwards
            measure(empty)
            pairs = [(measure(empty), measure(network)) for _ in range(runs)]
    made = pairs[0][1].resources
    own = [statistics.median(each[side].own for each in pairs) for side in (0, 1)]
    waited = [statistics.median(each[side].waited for each in pairs) for side in (0, 1)]
    cost = own[1] - own[0]
    print(f"a program that does nothing: median {own[0]:.2f} s of its own, {waited[0]:.2f} s waited")
    print(f"the network program:         median {own[1]:.2f} s of its own, {waited[1]:.2f} s waited")
    print(f"own time of {made} resources:   {cost:.2f} s, budget {BUDGET_SECONDS:.2f} s")
    if made < RESOURCES:
        print(f"error: the budget is for {RESOURCES} resources, and these are fewer")
    return int(cost > BUDGET_SECONDS or made < RESOURCES)


def _preview(bench: Workbench, clock: Path) -> Preview:
    clock.unlink(missing_ok=True)
    start = time.monotonic()
    result = bench.preview()
    waited = time.monotonic() - start
    if result.code:
        raise SystemExit(result.output)
    return Preview(own=float(clock.read_text()), waited=waited, resources=sum(result.changes.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 5))
