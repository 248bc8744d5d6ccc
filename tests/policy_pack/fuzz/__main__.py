"""Judges random stacks over several processes, and prints how many, how fast, and what was said of them."""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import count, islice
from random import SystemRandom
from typing import Final

from tests.policy_pack.fuzz.bags import BAGS_PER_CHUNK, BrokenError, Told, chunk

_SEEDS: Final = 10**6
_EVERY: Final = 30.0


def main() -> int:
    """Run as many chunks as asked; stop at the first that breaks something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bags", type=int, default=1_000_000, help="how many property bags to spoil")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(_SEEDS))
    asked = parser.parse_args()
    print(f"seed {asked.seed}: {asked.bags:,} bags on {asked.processes} processes", flush=True)
    seeds = (f"{asked.seed}-{number}" for number in count())
    start = shown = time.monotonic()
    told = Told()
    with ProcessPoolExecutor(asked.processes) as pool:
        running = [pool.submit(chunk, seed) for seed in islice(seeds, -(-asked.bags // BAGS_PER_CHUNK))]
        for each in as_completed(running):
            try:
                told += each.result()
            except BrokenError as error:
                pool.shutdown(wait=False, cancel_futures=True)
                print(f"broken: {error}", file=sys.stderr)
                return 1
            if time.monotonic() - shown > _EVERY:
                shown = time.monotonic()
                print(f"  {told.bags:,} bags, {told.bags / (shown - start):,.0f} a second", flush=True)
    seconds = time.monotonic() - start
    print(
        f"{told.bags:,} bags in {told.stacks:,} stacks took {seconds:,.0f} s, "
        f"{told.bags / seconds:,.0f} bags a second; {told.findings:,} findings and {told.questions:,} "
        f"open questions, each with its text; the slowest stack took {told.slowest * 1000:,.0f} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
