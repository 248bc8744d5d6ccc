"""What a report of many networks costs its reader in Chromium: to open, to filter, to unfold, to scroll.

The networks are those that messages are tested with: each has something wrong with it.

PYTHONPATH=infra:policy_pack:audit:. python -m bench.html_page [NETWORKS]
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from mwaa_audit.judging import judge
from mwaa_audit.reports import FORMATS, Format
from mwaa_audit.result import Result, StackRead
from mwaa_audit.states import read_stack
from tests.audit.elsewhere import in_stack
from tests.audit.state_files import exported
from tests.policy_pack.test_messages import MESSAGES

NETWORKS: Final = 300
RUNS: Final = 5
# To open the page, to filter it by a word, to draw a frame while it scrolls; each until it is on the screen.
SECONDS_TO_OPEN: Final = 2.0
SECONDS_TO_FILTER: Final = 0.5
SECONDS_OF_A_FRAME: Final = 0.1
CHROMIUM: Final = "/usr/bin/chromium"
# Waits until what was asked for is on the screen.
_PAINTED: Final = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
_TYPED: Final = f"""
async (word) => {{
  const text = document.querySelector("input[type=search]");
  const start = performance.now();
  text.value = word;
  text.dispatchEvent(new Event("input", {{ bubbles: true }}));
  await {_PAINTED};
  return (performance.now() - start) / 1000;
}}
"""
_UNFOLDED: Final = f"""
async () => {{
  const start = performance.now();
  document.getElementById("unfold").click();
  await {_PAINTED};
  return (performance.now() - start) / 1000;
}}
"""
_SCROLLED: Final = """
async () => {
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < 120; step += 1) {
    scrollBy(0, 400);
    await new Promise(requestAnimationFrame);
    frames.push((performance.now() - last) / 1000);
    last = performance.now();
  }
  return frames;
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one reader waits for, in seconds; of scrolling, the median and the longest frame."""

    opened: float
    filtered: float
    unfolded: float
    frame: float
    longest: float


def main(networks: int) -> int:
    """Print what a page of so many networks costs; return 1 when something is over its budget."""
    result = _result(networks)
    start = time.monotonic()
    text = FORMATS[Format.HTML](result)
    made = time.monotonic() - start
    print(f"{networks} networks, {len(result.findings)} findings: {len(text) / 1e6:.1f} MB in {made:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(text, encoding="utf-8")
        costs = list(_costs(file))
    opened = statistics.median(each.opened for each in costs)
    filtered = statistics.median(each.filtered for each in costs)
    unfolded = statistics.median(each.unfolded for each in costs)
    frame = statistics.median(each.frame for each in costs)
    longest = statistics.median(each.longest for each in costs)
    print(f"opened in {opened:.2f} s, budget {SECONDS_TO_OPEN:.2f} (median of {RUNS})")
    print(f"filtered by a word in {filtered:.3f} s, budget {SECONDS_TO_FILTER:.3f}")
    print(f"all unfolded in {unfolded:.2f} s")
    print(f"scrolled, all unfolded: frames of {frame:.3f} s, budget {SECONDS_OF_A_FRAME:.3f}")
    print(f"the longest frame {longest:.3f} s")
    over = opened > SECONDS_TO_OPEN or filtered > SECONDS_TO_FILTER or frame > SECONDS_OF_A_FRAME
    return int(over)


def _costs(file: Path) -> Iterator[Cost]:
    with sync_playwright() as playwright:
        for _ in range(RUNS):
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            yield _cost(browser.new_page(viewport={"width": 1280, "height": 900}), file)
            browser.close()


def _cost(page: Page, file: Path) -> Cost:
    start = time.monotonic()
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate(_PAINTED)
    opened = time.monotonic() - start
    filtered = max(float(page.evaluate(_TYPED, word)) for word in ("subnet", "443", "kms", ""))
    unfolded = float(page.evaluate(_UNFOLDED))
    frames = [float(each) for each in page.evaluate(_SCROLLED)]
    return Cost(
        opened=opened,
        filtered=filtered,
        unfolded=unfolded,
        frame=statistics.median(frames),
        longest=max(frames),
    )


def _result(networks: int) -> Result:
    judged = [judge([read_stack(json.dumps(exported(each)).encode())]) for each in MESSAGES.values()]
    told = [
        in_stack(each, f"team-{number}/prod") for number, each in enumerate(islice(cycle(judged), networks))
    ]
    return Result(
        stacks=tuple(
            StackRead(
                name=f"team-{number}/prod", location=f"team-{number}.json", resources=300, environments=1
            )
            for number in range(networks)
        ),
        environments=tuple(one for each in told for one in each.environments),
        findings=tuple(one for each in told for one in each.findings),
        questions=tuple(one for each in told for one in each.questions),
        networks=tuple(one for each in told for one in each.networks),
        tool_version="0.1.0",
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else NETWORKS))
