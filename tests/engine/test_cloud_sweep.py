"""A sweep of Pulumi Cloud, by the real command line: its stacks as one, whatever one of them lacks."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from local_cloud.pulumi_engine import Engine
from mwaa_audit import command_line
from mwaa_audit.backends import Listed, open_backend
from mwaa_audit.errors import AuditError
from tests.audit.state_files import export_of
from tests.audit.sweeping import said_of, swept
from tests.audit.test_sweep import DENIED, DENIES, RIGHT, split
from tests.engine.pulumi_cloud_stacks import ORGANIZATION, TOKEN, Hosted, hosting

UPDATED = 1_800_000_000
SHOWN = "2027-01-15T08:00:00.000Z"


@dataclass(frozen=True)
class _Place:
    """An organization of Pulumi Cloud, and where it is."""

    url: str
    hosted: Hosted

    @property
    def exported(self) -> list[str]:
        """Which stacks were exported since this was asked the last time."""
        asked = sorted(each.split("/")[4] for each in self.hosted.asked if each.endswith("/export"))
        self.hosted.asked.clear()
        return asked


@pytest.fixture(name="place")
def an_organization(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Place]:
    """Two networks over four stacks, and a stack that the user may not read."""
    stacks = {**split(DENIES, "-one"), **split(RIGHT, "-two")}
    exports = {f"{project}/dev": export_of(resources) for project, resources in stacks.items()}
    hosted = Hosted(
        exports={**exports, "secret/dev": {}}, updated={"apps-one/dev": UPDATED, "apps-two/dev": 0}
    )
    hosted.updated |= {"network-one/dev": UPDATED, "secret/dev": UPDATED}
    monkeypatch.setenv("PATH", str(engine.executable.parent), prepend=os.pathsep)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "pulumi"))
    monkeypatch.setenv("PULUMI_ACCESS_TOKEN", TOKEN)
    with hosting(hosted) as address:
        yield _Place(f"{address}/{ORGANIZATION}", hosted)


def test_stacks_are_listed_over_all_pages(place: _Place) -> None:
    """With the time of the last update as the version, where one is listed, and whether one is under way."""
    assert list(open_backend(place.url).states()) == [
        Listed(location="example/apps-one/dev", version=SHOWN),
        Listed(location="example/apps-two/dev", version="", locked=True),
        Listed(location="example/network-one/dev", version=SHOWN),
        Listed(location="example/network-two/dev", version=""),
        Listed(location="example/secret/dev", version=SHOWN),
    ]
    assert place.hosted.tokens == {f"token {TOKEN}"}


def test_an_organization_is_also_told_where_it_goes_without_saying(place: _Place) -> None:
    """The command line leaves out the user's own."""
    before = list(open_backend(place.url).states())
    place.hosted.user = ORGANIZATION
    assert list(open_backend(place.url).states()) == before


def test_an_organization_is_judged_as_one(place: _Place, tmp_path: Path) -> None:
    """One that cannot be read is listed with the word of the command line; one never updated has nothing."""
    place.hosted.exports["new/dev"] = {"version": 3, "deployment": None}
    result = swept(open_backend(place.url), tmp_path / "index")
    assert said_of(result) == DENIED
    assert [each.location for each in result.stacks if each.locked] == ["example/apps-two/dev"]
    assert [each.location for each in result.stacks if not each.resources] == ["example/new/dev"]
    (unread,) = result.unreadable
    assert unread.location == "example/secret/dev"
    assert unread.reason == "pulumi stack export failed: [403] Forbidden: you may not read this stack"
    assert place.exported == ["apps-one", "apps-two", "network-one", "network-two", "new", "secret"]


def test_what_was_not_updated_is_not_read_again(place: _Place, tmp_path: Path) -> None:
    """Where that is asked for; what was not, or never, listed with a time is read."""
    index = tmp_path / "index"
    first = swept(open_backend(place.url), index)
    assert place.exported
    place.hosted.updated["apps-one/dev"] += 60
    assert swept(open_backend(place.url), index, changed_only=True).findings == first.findings
    assert place.exported == ["apps-one", "apps-two", "network-two", "secret"]


def test_who_is_not_signed_in_is_told(
    place: _Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An organization that nobody may see is no clean one."""
    monkeypatch.delenv("PULUMI_ACCESS_TOKEN")
    assert command_line.run(["sweep", place.url, "--index", str(tmp_path / "index")]) == 3
    assert "PULUMI_ACCESS_TOKEN" in capsys.readouterr().err


def test_a_listing_of_another_form_is_refused(
    place: _Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is taken from it, and nothing of it is quoted."""
    other = tmp_path / "bin" / "pulumi"
    other.parent.mkdir()
    monkeypatch.setenv("PATH", str(other.parent), prepend=os.pathsep)
    for printed in ("canary", '{"canary": 1}', '[{"canary": 1}]', '[{"name": 1}]', '["name"]', "7"):
        other.write_text(f"#!/bin/sh\necho '{printed}'\n")
        other.chmod(0o755)
        with pytest.raises(AuditError, match=r"what pulumi lists of .* is not what it is known to list"):
            list(open_backend(place.url).states())
    other.write_text("#!/bin/sh\nexit 7\n")
    with pytest.raises(AuditError, match="pulumi stack ls failed: it does not say why"):
        list(open_backend(place.url).states())


@pytest.mark.parametrize(
    "url",
    [
        "https://api.pulumi.com",
        "https://api.pulumi.com/",
        "https://api.pulumi.com/acme/network",
        "https:///acme",
        "https://user:canary@api.pulumi.com/acme",
    ],
)
def test_a_place_names_one_organization(url: str) -> None:
    """As its stacks are told by project and name, they are of one organization."""
    with pytest.raises(AuditError, match="names no organization of Pulumi Cloud; write https://") as refused:
        open_backend(url)
    assert "canary" not in str(refused.value)
    assert open_backend("https://api.pulumi.com/acme").name == "https://api.pulumi.com/acme"
