"""What holds for every network on the real engine, whichever its routing."""

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.settings import REPORTS
from tests.engine.story import LongStory, Story


def assert_clean_life(story: Story) -> None:
    """A network is created and removed, without a word from the pack."""
    assert story.previewed.code == 0, story.previewed.output
    assert story.previewed.violations == ()
    assert story.created.violations == ()
    assert "✅ mwaa-guardrails" in story.created.stdout
    assert story.destroyed.code == 0, story.destroyed.output
    assert story.left == []


def assert_it_stays(story: LongStory) -> None:
    """It is found unchanged and undrifted, and `pulumi policy analyze` agrees offline."""
    assert set(story.repeated.changes) == {"same"}, story.repeated.output
    assert set(story.refreshed.changes) == {"same"}, story.refreshed.output
    assert (story.analyzed.code, story.analyzed.violations) == (0, ())


def assert_every_check_ran(story: Story) -> None:
    """Silence means that the checks looked: the engine names each of them as passed for the stack."""
    passed = {
        name
        for event in story.previewed.events
        if "policyAnalyzeStackSummaryEvent" in event
        for name in event["policyAnalyzeStackSummaryEvent"].get("passed") or ()
    }
    assert passed == {*(check.id for check in ALL_CHECKS), *REPORTS, "settings"}
