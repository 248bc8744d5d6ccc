"""The pages about scanners say what the tables say, and their waivers can be used as they stand."""

import re
from collections import Counter

import yaml

from tools.pages.scanners_page import scanners_page
from tools.scanners.elsewhere import PROWLER, RULES, SCANNERS, TRIVY
from tools.scanners.objections import OBJECTIONS
from tools.scanners.practices import PRACTICES
from tools.scanners.waivers import in_settings


def test_a_rule_stands_once_for_each_practice() -> None:
    """Of every scanner at least one."""
    assert max(Counter((each.scanner, each.id) for each in RULES).values()) == 1
    assert {each.scanner for each in RULES} == set(SCANNERS)


def test_every_practice_has_a_heading_and_every_rule_a_row() -> None:
    """In the one page; Checkov's rules are marked as run, the others as read."""
    page = scanners_page()
    assert {each.title for each in PRACTICES} <= set(re.findall("^## (.+)$", page, re.MULTILINE))
    rows = re.findall(
        r"^\| ([\w -]+) \| (?:\[)?([\w.-]+)(?:\]\S+)? \| [^|]+ \| (run|read) \|", page, re.MULTILINE
    )
    told = {(scanner, rule, known) for scanner, rule, known in rows}
    assert told == {
        *(("Checkov", each.rule, "run") for each in OBJECTIONS),
        *((each.scanner.name, each.id, "read") for each in RULES),
    }


def snippets(language: str) -> list[str]:
    """Return the blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", scanners_page(), re.MULTILINE | re.DOTALL)


def test_the_waiver_on_the_page_is_the_one_that_is_run() -> None:
    """To the letter."""
    assert snippets("yaml")[0] == in_settings(OBJECTIONS)


def test_files_of_waivers_name_every_rule() -> None:
    """Prowler's is valid YAML, Trivy's has an id a line."""
    mutelist = yaml.safe_load(snippets("yaml")[1])
    (account,) = mutelist["Mutelist"]["Accounts"].values()
    assert set(account["Checks"]) == {each.id for each in RULES if each.scanner is PROWLER}
    ignored = [line for line in snippets("text")[0].splitlines() if not line.startswith("#")]
    assert ignored == [each.id for each in RULES if each.scanner is TRIVY]
