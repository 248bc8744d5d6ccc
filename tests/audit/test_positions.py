"""The line of the user's own program, out of the frames that the engine records."""

import pytest

from mwaa_audit.result import CodePosition
from mwaa_audit.states.positions import code_positions

MAIN = "project:///infra/__main__.py"


def _at(line: int, file: str = "infra/__main__.py") -> CodePosition:
    return CodePosition(file=file, line=line)


@pytest.mark.parametrize(
    ("sentence", "call", "frames", "expected"),
    [
        ("nothing is recorded", None, None, ()),
        ("the call alone", f"{MAIN}#8", None, (_at(8),)),
        ("a line and a column", f"{MAIN}#8,12", None, (_at(8),)),
        ("a file with a blank", "project:///my%20infra/a.py#8", None, (_at(8, "my infra/a.py"),)),
        (
            "a function that another calls",
            f"{MAIN}#8",
            [f"{MAIN}#8", f"{MAIN}#20", f"{MAIN}#31"],
            (_at(31), _at(20), _at(8)),
        ),
        (
            "a library between the call and the program",
            "project:///.venv/lib/python3.11/site-packages/pulumi_awsx/vpc.py#9",
            ["project:///env/lib/python3.11/site-packages/pulumi_awsx/vpc.py#9", None, f"{MAIN}#31"],
            (_at(31),),
        ),
        (
            "a program in TypeScript",
            "project:///node_modules/@pulumi/awsx/vpc.js#9",
            ["project:///node_modules/@pulumi/awsx/vpc.js#9", "project:///index.ts#3"],
            (_at(3, "index.ts"),),
        ),
        (
            "the language host outside the project, and the local one in it",
            f"{MAIN}#8",
            [
                f"{MAIN}#8",
                "project:///../../opt/pulumi/pulumi-language-python-exec#99",
                "project:///local_cloud/language/executor/run_program.py#72",
            ],
            (_at(8),),
        ),
        ("something else than a place", 8, "frames", ()),
        ("frames that are none", "file:///etc/passwd#1", ["project:///a.py", 7], ()),
    ],
)
def test_the_outermost_line_of_the_program_comes_first(
    sentence: str, call: object, frames: object, expected: tuple[CodePosition, ...]
) -> None:
    """Libraries and hosts are not the user's."""
    trace = (
        [{"sourcePosition": each} if each else {} for each in frames] if isinstance(frames, list) else frames
    )
    recorded = {"sourcePosition": call, "stackTrace": trace}
    assert code_positions(recorded) == expected, sentence
    assert code_positions({"stackTrace": [7]}) == ()
