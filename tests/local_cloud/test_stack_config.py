"""The local copy of the stack's configuration follows the original, which stays as it is."""

from pathlib import Path

import pytest

from local_cloud.errors import LocalCloudError
from local_cloud.stack_config import refresh_copy
from tests.local_cloud.places import places_in

SALT = "encryptionsalt: v1:abc=:v1:def:ghi=\n"


def test_the_copy_holds_what_the_original_holds(tmp_path: Path) -> None:
    """Comments, order and spelling included: the text is copied, not the meaning."""
    text = "# why\nconfig:\n  small:time: 12:30\n  aws:region: eu-west-1\n"
    places = places_in(tmp_path, text)

    refresh_copy(places)

    assert places.config.read_text() == text


def test_the_copy_follows_the_original_and_keeps_its_own_salt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The salt that the engine wrote decrypts the stack's secrets: losing it would lose them."""
    places = places_in(tmp_path)
    refresh_copy(places)
    places.config.write_text(places.config.read_text() + SALT)
    places.original_config.write_text("config:\n  small:size: small\n")

    refresh_copy(places)

    assert places.config.read_text() == "config:\n  small:size: small\n" + SALT
    assert capsys.readouterr().out == "Pulumi.dev.yaml has changed; the local copy follows it.\n"


def test_what_was_set_in_the_copy_stays_until_the_original_changes(tmp_path: Path) -> None:
    """`python -m local_cloud run -- config set` writes into the copy."""
    places = places_in(tmp_path)
    refresh_copy(places)
    places.config.write_text("config:\n  small:size: huge\n" + SALT)

    refresh_copy(places)

    assert places.config.read_text() == "config:\n  small:size: huge\n" + SALT


def test_the_encryption_of_a_real_stack_does_not_reach_the_copy(tmp_path: Path) -> None:
    """A user who deploys for real keeps a salt or a key in the original; the local stack has its own."""
    places = places_in(
        tmp_path,
        "secretsprovider: awskms://alias/x\nencryptedkey: AQ==\n"
        f"config:\n  small:encryptionsalt: a name of its own\n{SALT}",
    )

    refresh_copy(places)

    assert places.config.read_text() == "config:\n  small:encryptionsalt: a name of its own\n"


def test_the_original_is_never_written(tmp_path: Path) -> None:
    """`git status` stays clean."""
    places = places_in(tmp_path)
    before = places.original_config.read_text()

    refresh_copy(places)

    assert places.original_config.read_text() == before


def test_an_original_without_a_line_end_is_copied_whole(tmp_path: Path) -> None:
    """The salt gets a line of its own."""
    places = places_in(tmp_path, "config:\n  small:size: large")
    refresh_copy(places)
    places.config.write_text(places.config.read_text() + SALT)
    places.original_config.write_text("config:\n  small:size: small")

    refresh_copy(places)

    assert places.config.read_text() == "config:\n  small:size: small\n" + SALT


def test_secrets_of_another_stack_are_refused_by_name(tmp_path: Path) -> None:
    """The engine would fail later, with words about a cipher."""
    places = places_in(tmp_path, "config:\n  small:token:\n    secure: AAAB\n")

    with pytest.raises(LocalCloudError) as refused:
        refresh_copy(places)

    assert str(refused.value) == (
        f"small:token in {places.original_config} is a secret that only its own stack can decrypt. "
        "Put a plain value in its place for the local AWS, or leave the key out."
    )


def test_a_missing_original_is_named(tmp_path: Path) -> None:
    """The user learns which file to restore."""
    places = places_in(tmp_path)
    places.original_config.unlink()

    with pytest.raises(
        LocalCloudError, match=r"Pulumi\.dev\.yaml does not exist\. It holds the configuration"
    ):
        refresh_copy(places)


@pytest.mark.parametrize("text", ["config: [", "config:\n\t- x: 1"])
def test_an_original_that_is_no_yaml_is_named_with_the_place_of_the_fault(tmp_path: Path, text: str) -> None:
    """The line and column come from the YAML reader."""
    places = places_in(tmp_path, text)

    with pytest.raises(
        LocalCloudError, match=r"Pulumi\.dev\.yaml is no valid YAML: (.|\n)*line \d+, column \d+"
    ):
        refresh_copy(places)
