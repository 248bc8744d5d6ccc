"""The page for other languages shows what the tests run."""

from local_cloud.paths import REPOSITORY

PAGE = (REPOSITORY / "docs" / "other-languages.md").read_text()


def test_the_program_in_typescript_is_the_one_that_is_run() -> None:
    """Word for word."""
    program = (REPOSITORY / "tests" / "engine" / "typescript" / "index.ts").read_text()
    assert f"```typescript\n{program}```\n" in PAGE
