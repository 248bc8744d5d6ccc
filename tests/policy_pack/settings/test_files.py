"""A file of settings is YAML in which nothing stands twice."""

from pathlib import Path
from typing import Final

import pytest

from mwaa_guardrails.settings import SettingsError, parse_settings, read_file

READ: Final = {
    "it is empty": (b"", {}),
    "it holds a comment alone": (b"# nothing yet\n", {}),
    "a day has no quotation marks": (
        b"exemptions:\n- {expires: 2027-03-31}\n",
        {"exemptions": [{"expires": "2027-03-31"}]},
    ),
    "a day that is none, for whoever reads days": (b"expires: 2027-02-30\n", {"expires": "2027-02-30"}),
}
REFUSED: Final = {
    "it is a list": (b"- 1\n", "settings.yaml is not a mapping of keys to values"),
    "a key stands twice": (
        b"checks:\n  subnet-count-not-two: {level: mandatory}\n  subnet-count-not-two: {level: disabled}\n",
        "settings.yaml, line 3: subnet-count-not-two stands there twice",
    ),
    "a template was not rendered": (
        b"exemptions:\n- reason: {{ why }}\n",
        "settings.yaml, line 2: found unhashable key",
    ),
    "a key is a list": (b"a: 1\n? [b]\n: 2\n", "settings.yaml, line 2: found unhashable key"),
    "it is no YAML": (
        b"checks: [\n",
        "settings.yaml, line 2: expected the node content, but found '<stream end>'",
    ),
    "it holds a tag that makes objects": (
        b"checks: !!python/object/apply:os.getcwd []\n",
        (
            "settings.yaml, line 1: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/object/apply:os.getcwd'"
        ),
    ),
    "it holds a character that YAML does not take": (b"a: \x01\n", "settings.yaml is not YAML"),
    "it holds what is no number": (
        b'checks: !!int "abc"\n',
        "settings.yaml holds what cannot be read: invalid literal for int() with base 10: 'abc'",
    ),
    "it is not UTF-8": (b"\xff\xfe\xfa", "settings.yaml cannot be read: it is not UTF-8"),
}


@pytest.mark.parametrize(("content", "document"), READ.values(), ids=READ.keys())
def test_a_file_states_what_is_written_in_it(
    tmp_path: Path, content: bytes, document: dict[str, object]
) -> None:
    """Days are texts, as in JSON."""
    path = tmp_path / "settings.yaml"
    path.write_bytes(content)
    assert read_file(path) == document


def test_a_file_too_deep_to_be_read_is_refused(tmp_path: Path) -> None:
    """As other mistakes are, without a traceback."""
    path = tmp_path / "settings.yaml"
    path.write_text(f"checks: {'[' * 5_000}{']' * 5_000}\n")
    with pytest.raises(SettingsError, match=r"^settings.yaml holds what cannot be read: "):
        read_file(path)


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_taken_is_refused_by_name_and_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    """Nothing of it is guessed."""
    path = tmp_path / "settings.yaml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        read_file(path)
    assert str(refused.value) == told


def test_the_example_can_be_taken() -> None:
    """Whoever copies it begins with something that works."""
    path = Path(__file__).parents[3] / "policy_pack" / "mwaa-guardrails.example.yaml"
    settings = parse_settings(read_file(path), path.name)
    assert (len(settings.exemptions), len(settings.outside)) == (1, 3)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Whoever names one means it."""
    with pytest.raises(SettingsError, match=r"^none\.yaml cannot be read: No such file or directory$"):
        read_file(tmp_path / "none.yaml")
