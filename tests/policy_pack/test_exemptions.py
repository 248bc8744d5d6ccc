"""What is exempt is told and stops nothing; an exemption that does not hold is told beside the finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from mwaa_guardrails import evaluation
from mwaa_guardrails.evaluation import Evaluation, evaluate, evaluate_registration
from mwaa_guardrails.findings import Failure
from mwaa_guardrails.messages import notice_text, unused_text
from mwaa_guardrails.reading.resource import Opaque, Resource
from mwaa_guardrails.settings import Exemption, Settings
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.networks import changed, entry, environment, right_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import ACL, COUNT, SELF, UNUSABLE_ZONE

GOLDEN: Final = Path(__file__).parent / "golden-exemptions"
TODAY: Final = date(2026, 11, 26)
URN: Final = "urn:pulumi:dev::test::aws:ec2/securityGroup:SecurityGroup::group"
TAG: Final = f"mwaa:exempt:{SELF}"


def stack_with(**tags: Written) -> tuple[Made, ...]:
    """Return a network whose group has these tags and lets nothing in from itself."""
    group = made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), tags={**tags})
    return changed(right_network(), group, without=("self",))


def exemption(expires: date | None = TODAY, **selectors: str) -> Exemption:
    """Return an exemption from the check on self references."""
    selected = selectors or {"name": "group"}
    return Exemption(check=SELF, reason="The partner moves", expires=expires, **selected)  # type: ignore[arg-type] # selectors are texts


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is stated, and what comes of it.

    Attributes:
        exemptions: What an administrator exempts.
        tags: The tags of the group.
        listed: Whether the administrator lets tags exempt from the check.
        ignored: Whether nothing is exempt.
        stands: Whether the finding stands.
        told: What is told of exemptions.
    """

    exemptions: tuple[Exemption, ...] = ()
    tags: Mapping[str, Written] = field(default_factory=dict)
    listed: bool = True
    ignored: bool = False
    stands: bool
    told: tuple[str, ...]

    def judged(self, rendering: Rendering) -> Evaluation:
        """Return what is said of the network."""
        settings = Settings(
            exemptions=self.exemptions,
            tag_exemptions=frozenset({SELF}) if self.listed else frozenset(),
            ignore_exemptions=self.ignored,
        )
        return evaluate(render(stack_with(**self.tags), rendering), settings, today=TODAY)


CASES: Final = {
    "nothing is exempt": Case(stands=True, told=()),
    "by its name": Case(exemptions=(exemption(),), stands=False, told=("honoured",)),
    "by a pattern of its name": Case(exemptions=(exemption(name="gr*p"),), stands=False, told=("honoured",)),
    "a pattern is no substring": Case(exemptions=(exemption(name="grou"),), stands=True, told=()),
    "nothing but the asterisk is special": Case(exemptions=(exemption(name="grou."),), stands=True, told=()),
    "by its URN": Case(exemptions=(exemption(urn=URN),), stands=False, told=("honoured",)),
    "by its stack": Case(
        exemptions=(exemption(urn="urn:pulumi:dev::test::*"),), stands=False, told=("honoured",)
    ),
    "by its type": Case(
        exemptions=(exemption(type="aws:ec2/securityGroup:SecurityGroup"),), stands=False, told=("honoured",)
    ),
    "by its environment": Case(exemptions=(exemption(environment="env"),), stands=False, told=("honoured",)),
    "by another environment": Case(exemptions=(exemption(environment="dev"),), stands=True, told=()),
    "all that is stated must fit": Case(
        exemptions=(exemption(name="group", type="aws:ec2/subnet:Subnet"),), stands=True, told=()
    ),
    "without end": Case(exemptions=(exemption(expires=None),), stands=False, told=("honoured",)),
    "a day after its last": Case(
        exemptions=(exemption(expires=date(2026, 11, 25)),), stands=True, told=("expired",)
    ),
    "one has expired and another holds": Case(
        exemptions=(exemption(expires=date(2026, 1, 1)), exemption()), stands=False, told=("honoured",)
    ),
    "all exemptions are ignored": Case(exemptions=(exemption(),), ignored=True, stands=True, told=()),
    "by a tag": Case(tags={TAG: "2026-11-26 Moves in spring"}, stands=False, told=("honoured",)),
    "by a tag without end": Case(tags={TAG: "never  A lab"}, stands=False, told=("honoured",)),
    "by a tag that has expired": Case(tags={TAG: "2026-11-25 Moved"}, stands=True, told=("expired",)),
    "by a tag without a reason": Case(tags={TAG: "2026-11-26"}, stands=True, told=("malformed",)),
    "by a tag without a day": Case(tags={TAG: "Moves in spring"}, stands=True, told=("malformed",)),
    "by a tag with a day beyond the calendar": Case(
        tags={TAG: "2027-02-30 Moves"}, stands=True, told=("malformed",)
    ),
    "by a tag that nobody lists": Case(
        tags={TAG: "never A lab"}, listed=False, stands=True, told=("not listed",)
    ),
    "by a tag for another check": Case(tags={f"mwaa:exempt:{COUNT}": "never A lab"}, stands=True, told=()),
    "by a secret tag": Case(tags={TAG: Opaque.SECRET}, stands=True, told=()),
    "by the settings and a tag": Case(
        exemptions=(exemption(),), tags={TAG: "never A lab"}, stands=False, told=("honoured",)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_exempt_stands_no_more(name: str) -> None:
    """The finding is either a violation or told as exempt, never neither."""
    case = CASES[name]
    for rendering in EXACT:
        judged = case.judged(rendering)
        assert [each.check for each in judged.violations] == ([SELF] if case.stands else [])
        assert tuple(each.standing.value for each in judged.notices) == case.told
        assert all(each.finding.check == SELF for each in judged.notices)


@pytest.mark.parametrize(
    ("tags", "fits"), [({"team": "data"}, True), ({"team": "web"}, False), ({"stage": "lab"}, False)]
)
def test_tags_select_what_an_administrator_exempts(tags: dict[str, str], fits: bool) -> None:  # noqa: FBT001 - a column of the table
    """A tag that the resource lacks, or has with another value, does not fit."""
    settings = Settings(exemptions=(Exemption(check=SELF, reason="A lab", expires=None, tags=tags),))
    judged = evaluate(render(stack_with(team="data"), Rendering.DEPLOYED), settings, today=TODAY)
    assert bool(judged.notices) == fits


@pytest.mark.parametrize(
    ("urn", "told"),
    [
        ("urn:pulumi:dev::test::aws:ec2/subnet:Subnet::none", True),
        ("urn:pulumi:dev::test::*", False),
        ("urn:pulumi:prod::test::aws:ec2/subnet:Subnet::none", False),
        ("*::none", False),
    ],
)
def test_an_exemption_that_names_this_stack_and_fits_nothing_is_told(urn: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    """Of the others, one stack cannot say whether they are of use."""
    given = exemption(urn=urn)
    judged = evaluate(render(stack_with(), Rendering.DEPLOYED), Settings(exemptions=(given,)), today=TODAY)
    assert judged.unused == ((given,) if told else ())
    ignored = Settings(exemptions=(given,), ignore_exemptions=True)
    assert evaluate(render(stack_with(), Rendering.DEPLOYED), ignored, today=TODAY).unused == ()


@pytest.mark.parametrize(
    ("action", "environment", "told"),
    [
        (Opaque.SECRET, None, False),
        (Opaque.SECRET, "env", False),
        (Opaque.SECRET, "other", True),
        ("allow", None, True),
    ],
)
def test_an_exemption_may_be_for_what_cannot_be_known(
    action: Written,
    environment: str | None,
    told: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Only an answer says that it excuses nothing."""
    given = Exemption(check=ACL, reason="A lab", expires=None, urn=URN, environment=environment)
    resources = render(
        changed(right_network(), entry("in", 100, egress=False, ruleAction=action)), Rendering.DEPLOYED
    )
    judged = evaluate(resources, Settings(exemptions=(given,)), today=TODAY)
    assert judged.unused == ((given,) if told else ())


def test_an_exemption_may_be_for_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that raises is no answer."""
    monkeypatch.setattr(evaluation, "read_network", lambda *_: 1 / 0)
    given = Settings(exemptions=(exemption(urn=URN),))
    judged = evaluate(render(stack_with(), Rendering.DEPLOYED), given, today=TODAY)
    assert (len(judged.failures), judged.unused) == (1, ())


def test_each_exemption_that_fits_is_of_use_whichever_is_honoured() -> None:
    """Of several, and of one that has expired, none is told to fit nothing."""
    several = tuple(exemption(day, urn=URN) for day in (date(2026, 1, 1), TODAY, TODAY, None))
    other = exemption(urn=URN.replace("::group", "::other"))
    judged = evaluate(
        render(stack_with(), Rendering.DEPLOYED), Settings(exemptions=(*several, other)), today=TODAY
    )
    assert judged.fitting == dict.fromkeys(range(4), 1)
    assert judged.unused == (other,)
    assert [each.exemption for each in judged.notices] == [several[1]]


def test_advice_is_exempt_as_violations_are() -> None:
    """A finding is a finding."""
    stack = changed(
        right_network(),
        made(
            "ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock="10.0.0.0/24", availabilityZoneId="use1-az3"
        ),
    )
    resources = render(stack, Rendering.DEPLOYED)
    given = Exemption(check=UNUSABLE_ZONE, reason="A test", expires=None, name="*")
    before, after = evaluate(resources), evaluate(resources, Settings(exemptions=(given,)))
    found = {each.check for each in (*before.violations, *before.advice)}
    assert UNUSABLE_ZONE in found
    assert {each.check for each in (*after.violations, *after.advice)} == found - {UNUSABLE_ZONE}


def test_an_environment_is_registered_that_is_exempt_from_what_nothing_mends() -> None:
    """What is exempt stops no update either."""
    stack = changed(right_network(), environment(["a", "b", "public"], ["group"]))
    resources = [
        Resource(urn=each.urn, type=each.type, name=each.name, inputs=each.inputs)
        for each in render(stack, Rendering.DEPLOYED)
    ]
    registered = resources[-1]
    assert registered.name == "env"
    found = evaluate_registration(registered, resources[:-1])
    assert [each.check for each in found] == [COUNT]
    exempt = tuple(
        Exemption(check=each.check, reason="A test", expires=TODAY, environment="env") for each in found
    )
    assert evaluate_registration(registered, resources, Settings(exemptions=exempt), today=TODAY) == ()


NOTICES: Final = {
    "honoured": CASES["by its name"],
    "honoured-without-end": CASES["without end"],
    "honoured-by-a-tag": CASES["by a tag"],
    "approved-and-agreed": Case(
        exemptions=(
            Exemption(
                check=SELF,
                reason="The partner\x1b[31m moves",
                expires=TODAY,
                approved_by="Platform",
                ticket="NET-1",
                name="group",
            ),
        ),
        stands=False,
        told=(),
    ),
    "expired": CASES["a day after its last"],
    "expired-by-a-tag": CASES["by a tag that has expired"],
    "not-listed": CASES["by a tag that nobody lists"],
    "malformed": CASES["by a tag without a reason"],
}


@pytest.mark.parametrize("name", NOTICES)
def test_what_is_said_of_an_exemption_is_as_the_golden_file_has_it(name: str) -> None:
    """Who exempted what, why and until when; the words of a tag stay on the resource."""
    (notice,) = NOTICES[name].judged(Rendering.DEPLOYED).notices
    assert_golden(GOLDEN / f"{name}.txt", notice_text(notice))


def test_what_is_said_of_an_exemption_that_excuses_nothing() -> None:
    """It can go."""
    assert unused_text(exemption(urn=URN)) == (
        f'{SELF}: the exemption of "{URN}" fits no finding and can be removed: "The partner moves".'
    )


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ({"name": "g*", "type": "aws:ec2/subnet:Subnet"}, 'name "g*", type "aws:ec2/subnet:Subnet"'),
        ({"environment": "env", "urn": URN}, f'"{URN}", environment "env"'),
    ],
)
def test_an_exemption_is_called_by_all_that_it_is_for(selected: dict[str, str], said: str) -> None:
    """So that whoever removes it finds it."""
    assert f"the exemption of {said} fits" in unused_text(exemption(TODAY, **selected))


def test_the_golden_folder_holds_no_text_that_nobody_compares() -> None:
    """A renamed case leaves no file behind."""
    assert {path.stem for path in GOLDEN.iterdir()} == {*NOTICES}


def test_exemptions_that_cannot_be_looked_at_excuse_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of ours is told, and every finding stands."""

    def raise_error(*_: object) -> None:
        raise ValueError("a canary secret")

    monkeypatch.setattr(evaluation, "excuse", raise_error)
    judged = CASES["by its name"].judged(Rendering.DEPLOYED)
    assert [each.check for each in judged.violations] == [SELF]
    assert judged.failures == (Failure(part="exemptions", exception="ValueError"),)
