"""Which file an administrator's settings are, and what a project's may say."""

from pathlib import Path

import pytest
import yaml

from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.settings import VARIABLE, SettingsError, Stated, stated_in_files
from tests.policy_pack.verdicts import SELF


def _write(path: Path, level: str) -> str:
    path.write_text(yaml.safe_dump({"checks": {SELF: {"level": level}}}), encoding="utf-8")
    return str(path)


def test_the_file_in_the_folder_of_the_pack_is_taken_whatever_the_environment_names(tmp_path: Path) -> None:
    """What a project names is not even read."""
    _write(tmp_path / "mwaa-guardrails.yaml", "advisory")
    stated = stated_in_files(tmp_path, {VARIABLE: str(tmp_path / "missing.yaml")})
    assert stated.document == {"checks": {SELF: {"level": "advisory"}}}
    assert stated.settings.levels == {SELF: Level.ADVISORY}


def test_without_it_the_environment_may_name_one_that_tightens(tmp_path: Path) -> None:
    """And none that loosens."""
    tight = _write(tmp_path / "tight.yaml", "mandatory")
    assert stated_in_files(tmp_path, {VARIABLE: tight}).settings.levels == {SELF: Level.MANDATORY}
    loose = _write(tmp_path / "loose.yaml", "advisory")
    with pytest.raises(SettingsError) as refused:
        stated_in_files(tmp_path, {VARIABLE: loose})
    assert str(refused.value) == (
        f"loose.yaml, which {VARIABLE} names: checks.{SELF}.level: advisory is looser than mandatory"
    )


@pytest.mark.parametrize("environment", [{}, {VARIABLE: ""}])
def test_without_any_file_nothing_is_stated(tmp_path: Path, environment: dict[str, str]) -> None:
    """Every check is as it comes."""
    assert stated_in_files(tmp_path, environment) == Stated()


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    """Whoever names one wants it to be taken."""
    with pytest.raises(SettingsError, match=r"missing\.yaml cannot be read: No such file or directory"):
        stated_in_files(tmp_path, {VARIABLE: str(tmp_path / "missing.yaml")})
