"""The page for other languages shows what the tests run."""

import pytest

from local_cloud.paths import REPOSITORY

PAGE = (REPOSITORY / "docs" / "other-languages.md").read_text()


@pytest.mark.parametrize(
    ("language", "program"), [("typescript", "typescript/index.ts"), ("yaml", "yaml/Pulumi.yaml")]
)
def test_the_program_shown_is_the_one_that_is_run(language: str, program: str) -> None:
    """Word for word."""
    text = (REPOSITORY / "tests" / "engine" / program).read_text()
    assert f"```{language}\n{text}```\n" in PAGE
