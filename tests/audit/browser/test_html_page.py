"""The HTML report in Chromium, from a file, as its readers open it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from local_cloud.paths import REPOSITORY
from mwaa_audit.reports import FORMATS, Format
from mwaa_audit.result import Result
from tests.audit.elsewhere import in_stack
from tests.audit.test_check import ADVISED, RIGHT
from tests.audit.test_reports import EXAMPLE, HISTORY, result_of

CHROMIUM: Final = "/usr/bin/chromium"
AXE: Final = REPOSITORY / ".local" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
Scheme: TypeAlias = Literal["light", "dark"]
Open: TypeAlias = Callable[..., Page]


def _together(first: Result, *others: Result) -> Result:
    return replace(
        first,
        stacks=tuple(stack for each in (first, *others) for stack in each.stacks),
        environments=tuple(one for each in (first, *others) for one in each.environments),
        findings=tuple(one for each in (first, *others) for one in each.findings),
        questions=tuple(one for each in (first, *others) for one in each.questions),
        networks=tuple(one for each in (first, *others) for one in each.networks),
    )


# One network that is broken, one that could be better, three that are right.
ORGANIZATION: Final = _together(
    EXAMPLE,
    in_stack(result_of(ADVISED), "advised/dev"),
    *(in_stack(result_of(RIGHT), f"right-{number}/dev") for number in range(3)),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a report; whatever the browser has to say against it fails the test."""
    said: list[str] = []
    contexts = []

    def opened(result: Result = ORGANIZATION, **how: Any) -> Page:  # noqa: ANN401 - options of Playwright's
        file = tmp_path / "report.html"
        file.write_text(FORMATS[Format.HTML](result), encoding="utf-8")
        context = browser.new_context(bypass_csp=False, **how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


def _status(page: Page) -> str:
    return page.locator("#status").inner_text()


def _shown(page: Page) -> list[str]:
    """Return the networks that are shown, by their stacks."""
    shown: list[str] = page.evaluate(
        "Array.from(document.querySelectorAll('.network:not([hidden])'), (each) => each.dataset.stack)"
    )
    return shown


def _tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until an element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def test_the_worst_comes_first_and_much_is_folded(open_page: Open) -> None:
    """Of few networks all is open, of more each is opened by its reader."""
    page = open_page()
    assert page.title() == "1 network of 5 must be mended - MWAA guardrails"
    assert _shown(page) == ["test/dev", "advised/dev", "right-0/dev", "right-1/dev", "right-2/dev"]
    assert page.locator("details.network[open]").count() == 0
    page.get_by_role("button", name="Open all").click()
    assert page.locator("details.network[open]").count() == 5
    page.get_by_role("button", name="Close all").click()
    assert page.locator("details.network[open]").count() == 0
    assert open_page(EXAMPLE).locator("details.network[open]").count() == 1


def test_filters_work_by_keyboard_and_stay_in_the_address(open_page: Open) -> None:
    """Level, check, stack and text; a copied address shows the same again."""
    page = open_page()
    assert _status(page) == "Shown: 5 of 5 entries, 5 of 5 networks."
    _tab_to(page, "input[value=right]")
    page.keyboard.press("Space")
    assert _shown(page) == ["test/dev", "advised/dev"]
    _tab_to(page, "select[name=check]")
    page.keyboard.type("vpc")
    assert _shown(page) == ["advised/dev"]
    assert _status(page) == "Shown: 1 of 5 entries, 1 of 5 networks."
    page.keyboard.press("Home")
    _tab_to(page, "select[name=stack]")
    page.keyboard.type("test")
    assert _shown(page) == ["test/dev"]
    page.keyboard.press("Home")
    _tab_to(page, "input[type=search]")
    page.keyboard.type('ACL "acl" 10.0.1.4')
    assert _status(page) == "Shown: 1 of 5 entries, 1 of 5 networks."
    assert page.url.endswith("#level=stops%2Cdefect%2Cunread%2Cquestion%2Cadvice&text=ACL+%22acl%22+10.0.1.4")
    page.reload()
    assert _status(page) == "Shown: 1 of 5 entries, 1 of 5 networks."
    assert page.get_by_label("Networks with nothing to mend").is_checked() is False
    _tab_to(page, "button[type=reset]")
    page.keyboard.press("Enter")
    assert _status(page) == "Shown: 5 of 5 entries, 5 of 5 networks."
    assert "#" not in page.url


def test_words_find_networks_by_what_is_in_them(open_page: Open) -> None:
    """The table keeps to what the messages say; a network is found by its picture and its tables."""
    page = open_page()
    page.get_by_role("searchbox").fill("10.0.9.0/24")
    assert _shown(page) == ["test/dev", "right-0/dev", "right-1/dev", "right-2/dev"]
    assert _status(page) == "Shown: 0 of 5 entries, 4 of 5 networks."
    assert page.locator(".network .entry:not([hidden])").count() == 2
    page.get_by_role("searchbox").fill("right-1")
    assert _shown(page) == ["right-1/dev"]


def test_what_nothing_fits_says_so(open_page: Open) -> None:
    """No empty page."""
    page = open_page()
    page.get_by_role("searchbox").fill("nowhere")
    assert _shown(page) == []
    assert page.get_by_text("No network has what the filters ask for.").is_visible()


def test_a_link_opens_the_network_and_takes_the_focus_there(open_page: Open) -> None:
    """By keyboard as well."""
    page = open_page()
    _tab_to(page, ".told a")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.entry')")
    assert page.locator("details.network[open]").count() == 1
    assert (
        page.locator(":focus .verdict")
        .inner_text()
        .endswith('denies inbound traffic that environment "env" needs.')
    )
    assert page.locator(":focus").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_keeps_people_from_reading_it(scheme: Scheme, open_page: Open) -> None:
    """All rules of axe-core, contrast too, with everything open."""
    page = open_page(_together(EXAMPLE, in_stack(result_of(ADVISED), "advised/dev")), color_scheme=scheme)
    grounds = {"light": "rgb(244, 245, 247)", "dark": "rgb(16, 20, 25)"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == grounds[scheme]
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    # The page's own policy refuses scripts; what the browser is told from outside runs beside it.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    faults = [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found["violations"]]
    assert faults == []
    assert len(found["passes"]) > 20


def test_paper_has_all_that_is_shown(open_page: Open) -> None:
    """Unfolded, on white, without what nobody can press."""
    page = open_page(replace(ORGANIZATION, history=HISTORY), viewport={"width": 700, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("#filters").is_visible()
    assert page.locator(".network .entry").first.is_visible()
    # Nothing is cut off at its right side.
    assert page.evaluate("document.documentElement.scrollWidth") == 700
    assert len(page.pdf()) > 10_000


def test_a_picture_is_told_as_well(open_page: Open) -> None:
    """By its name and what fails in it; each path has its number in the picture, the text and the table."""
    page = open_page(EXAMPLE)
    picture = page.get_by_role("img", name="The network of env Path 1: from subnet").first
    assert picture.is_visible()
    assert picture.locator(".fail circle").count() == 4
    assert page.locator(".paths .number").all_inner_texts() == ["1", "2", "3", "4"]
    assert page.locator("tr.decides .number").all_inner_texts() == ["1", "2", "3", "4"]
    assert page.locator("details.tables[open] summary").all_inner_texts() == ["Network ACLs of env"]


def test_without_script_all_of_it_is_there(open_page: Open) -> None:
    """Save filters, which would do nothing."""
    page = open_page(EXAMPLE, java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    assert page.locator(".network .entry").first.is_visible()
    assert not page.locator(".tools").is_visible()


def test_nothing_lies_beside_a_narrow_window(open_page: Open) -> None:
    """A telephone scrolls down, not to the side."""
    page = open_page(EXAMPLE, viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
