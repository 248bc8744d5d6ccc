"""What holds for every network on the real engine, whichever its routing."""

from mwaa_guardrails.checks import ALL_CHECKS
from tests.engine.story import Story


def assert_clean_life(story: Story) -> None:
    """A network is created, found unchanged, found undrifted and removed, without a word from the pack."""
    assert story.previewed.code == 0, story.previewed.output
    assert story.previewed.violations == ()
    assert story.created.violations == ()
    assert "✅ mwaa-guardrails" in story.created.stdout
    assert set(story.repeated.changes) == {"same"}, story.repeated.output
    assert set(story.refreshed.changes) == {"same"}, story.refreshed.output
    assert story.destroyed.code == 0, story.destroyed.output
    assert story.left == []


def assert_every_check_ran(story: Story) -> None:
    """Silence means that the checks looked: the engine names each of them as passed for the stack."""
    passed = {
        name
        for event in story.previewed.events
        if "policyAnalyzeStackSummaryEvent" in event
        for name in event["policyAnalyzeStackSummaryEvent"].get("passed") or ()
    }
    assert passed == {*(check.id for check in ALL_CHECKS), "advice", "undetermined"}
