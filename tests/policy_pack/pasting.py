"""Pasting the fix of a message into a stack, as its reader would."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from mwaa_guardrails.messages.words import identifier
from tests.policy_pack.stacks import REGION, Made, Ref, Written

_INDENT: Final = "    "
# What a list begins with that keeps what stands in it.
_DOTS: Final = "..."
# What to state of a resource, such as `VPC endpoint "sqs": subnet_ids=[a.id]`.
_SETTING: Final = re.compile(r'(?:Fix: )?(?:[\w ]+, or )?[\w ]+ "(?P<name>[^"]+)": (?P<arguments>\w+=.*)')
# A resource that is not to be.
_LEFT_OUT: Final = re.compile(r'Fix: leave [\w ]+ "(?P<name>[^"]+)" out')
# Whose policy document a message is about, and where a statement of it goes.
_POLICY: Final = re.compile(
    r'the policy of [\w ]+ "(?P<endpoint>[^"]+)"(?:, given by [\w ]+ "(?P<own>[^"]+)",)?'
)
_STATEMENT: Final = 'add to the "Statement" of the policy:'
_WHOLE: Final = ("which means full access:", "or allow all:")
# Where an element belongs, such as "added to `routes` of route table "tb"".
_LIST: Final = re.compile(r'added to `(?P<key>\w+)` of [\w ]+ "(?P<name>[^"]+)"')


def pasted(
    stack: Iterable[Made], text: str, written: Mapping[str, Written] | None = None
) -> tuple[Made, ...]:
    """Return a stack with the fix of a message in it.

    Args:
        stack: The stack.
        text: The message.
        written: What its reader writes in place of a variable that the message leaves open.
    """
    by_name = {each.name: each for each in stack}
    variables: dict[str, Written] = {identifier(name): Ref(name) for name in by_name}
    variables |= written or {}
    sentence = ""
    for line in _fix(text):
        if not line.startswith(_INDENT):
            sentence = line
        code = line.strip()
        if left_out := _LEFT_OUT.match(code):
            by_name.pop(left_out["name"], None)
        elif setting := _SETTING.fullmatch(code):
            _state(by_name, setting["name"], _arguments(_parsed(f"_({setting['arguments']})"), variables))
        elif line.startswith(_INDENT) and sentence.endswith((_STATEMENT, *_WHOLE)):
            _grant(by_name, text, json.loads(code), whole=sentence.endswith(_WHOLE))
        elif line.startswith(_INDENT) and (place := _LIST.search(sentence)):
            _add(by_name, place["name"], _camel(place["key"]), _value(_parsed(code), variables))
        elif line.startswith(_INDENT):
            variable, made = _made(code, variables)
            known = by_name.get(made.name, made)
            # What is there already is restated; a resource of another type has a place of its own.
            key = made.name if known.type == made.type else f"{made.name} as {made.type}"
            restated = replace(known, inputs={**known.inputs, **made.inputs})
            by_name[key] = restated if key == made.name else replace(made, label=key)
            variables[variable] = Ref(key)
    return tuple(by_name.values())


def _fix(text: str) -> Iterator[str]:
    """Return the lines of the fix, folded ones as one."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Fix: "))
    joined: list[str] = []
    for line in lines[start:-1]:
        if line.startswith(2 * _INDENT):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    yield from joined


def _state(by_name: dict[str, Made], name: str, arguments: Mapping[str, Written]) -> None:
    before = by_name[name]
    stated = {key: _with(before.inputs.get(key), value) for key, value in arguments.items()}
    by_name[name] = replace(before, inputs={**before.inputs, **stated})


def _with(before: Written, value: Written) -> Written:
    """Return a list with what stood in it in place of dots; an object is stated in part."""
    if isinstance(value, dict):
        return {**(before if isinstance(before, dict) else {}), **value}
    if isinstance(value, list) and value[:1] == [_DOTS]:
        return [*(before if isinstance(before, list) else []), *value[1:]]
    return value


def _grant(by_name: dict[str, Made], text: str, granted: Written, *, whole: bool) -> None:
    """Add a statement to the policy document that a message is about, or put a whole one in its place."""
    about = _POLICY.search(text)
    assert about is not None
    before = by_name[about["own"] or about["endpoint"]]
    policy = before.inputs["policy"]
    if not whole:
        document = json.loads(policy) if isinstance(policy, str) else policy
        assert isinstance(document, dict)
        statements = document["Statement"]
        listed = statements if isinstance(statements, list) else [statements]
        granted = {**document, "Statement": [*listed, granted]}
    by_name[before.name] = replace(before, inputs={**before.inputs, "policy": json.dumps(granted)})


def _add(by_name: dict[str, Made], name: str, key: str, element: Written) -> None:
    before = by_name[name]
    listed = before.inputs.get(key)
    more = [*(listed if isinstance(listed, list) else []), element]
    by_name[name] = replace(before, inputs={**before.inputs, key: more})


def _made(code: str, variables: Mapping[str, Written]) -> tuple[str, Made]:
    """Return the resource that a line of code makes, and the variable it is assigned to."""
    (parsed,) = ast.parse(code.replace(", ...)", ")")).body
    variable = ""
    if isinstance(parsed, ast.Assign):
        (target,) = parsed.targets
        variable = ast.unparse(target)
    assert isinstance(parsed, (ast.Assign, ast.Expr))
    call = parsed.value
    assert isinstance(call, ast.Call)
    package, module, type_ = ast.unparse(call.func).split(".")
    (name,) = call.args
    assert isinstance(name, ast.Constant)
    text = str(name.value)
    token = f"aws-native:{module}:{type_}"
    if package == "aws":
        token = f"aws:{module}/{type_[0].lower()}{type_[1:]}:{type_}"
    return variable or identifier(text), Made(token, text, _arguments(call, variables))


def _arguments(call: ast.expr, variables: Mapping[str, Written]) -> dict[str, Written]:
    assert isinstance(call, ast.Call)
    return {_camel(each.arg or ""): _value(each.value, variables) for each in call.keywords}


def _parsed(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


def _value(code: ast.expr, variables: Mapping[str, Written]) -> Written:
    match code:
        case ast.Constant(value=str() | bool() | int() as value):
            return value
        case ast.Constant():
            return _DOTS
        case ast.List(elts=elements):
            return [_value(each, variables) for each in elements]
        case ast.Dict(keys=keys, values=values):
            return {
                _camel(ast.literal_eval(key)): _value(value, variables)
                for key, value in zip(keys, values, strict=True)
                if key is not None
            }
        case ast.JoinedStr(values=parts):
            return "".join(str(each.value) if isinstance(each, ast.Constant) else REGION for each in parts)
        case ast.Attribute(value=ast.Name(id=name), attr=output):
            meant = variables[name]
            return Ref(meant.name, _camel(output)) if isinstance(meant, Ref) else meant
        case _:
            raise ValueError(ast.unparse(code))


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.title() for each in others)
