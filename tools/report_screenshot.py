"""Make the picture of a report that its page of the documentation shows: `python -m tools.report_screenshot`.

It is taken of the example `docs/reports/report.html`, in Debian's Chromium: a network, and the paths that
fail in it. Fonts differ from machine to machine, so no test compares it.
"""

from typing import Final

from playwright.sync_api import sync_playwright

from local_cloud.paths import REPOSITORY

CHROMIUM: Final = "/usr/bin/chromium"
_REPORTS: Final = REPOSITORY / "docs" / "reports"
# From the top of the first network to the end of the paths that fail in it.
_PLACE: Final = """
() => {
  const network = document.querySelector(".network").getBoundingClientRect();
  const paths = document.querySelector(".paths").getBoundingClientRect();
  const room = 12;
  return {
    x: network.x - room,
    y: network.y + scrollY - room,
    width: network.width + 2 * room,
    height: paths.bottom - network.y + 2 * room,
  };
}
"""


def main() -> None:
    """Write the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": 1000, "height": 2400}, color_scheme="light")
        page.goto((_REPORTS / "report.html").as_uri())
        page.screenshot(path=_REPORTS / "report.png", full_page=True, clip=page.evaluate(_PLACE))
        browser.close()


if __name__ == "__main__":
    main()
