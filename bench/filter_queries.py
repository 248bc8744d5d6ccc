"""What one question to a network ACL or to security groups costs, over 340 lines: more than AWS ever has.

An ACL has up to 40 entries a direction, and five groups up to 60 rules each. The typical figure is the median
over what checks ask of lines as people write them; the worst one is the slowest of these questions and of two
that take in every line. Each is the fastest of several runs. Lines at random are measured beside, without a
budget: nobody writes them, and rectangles at random can be cut into as many parts as there are pairs of them.

python -m bench.filter_queries [SEED]
"""

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final

from mwaa_guardrails.aws import network_acl, security_group
from mwaa_guardrails.aws.model import Action, Direction, Entry, NetworkAcl, Origin, Peer, PeerKind, Rule
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.addresses import ANY_IPV4, EVERYWHERE, PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PORTS, ALL_PROTOCOLS, TCP, UDP, TrafficSet
from mwaa_guardrails.unknown import Unknown

LINES: Final = 340
RUNS: Final = 30
WORST_MILLISECONDS: Final = 1.0
TYPICAL_MILLISECONDS: Final = 0.1

_ORIGIN: Final = Origin(urn="urn", type="aws:ec2/networkAcl:NetworkAcl", name="bench")
_VPC: Final = 10 << 24
_SUBNET: Final = IntervalSet(((_VPC, _VPC + 255),))
_REPLIES: Final = IntervalSet(((32768, 60999),))


def main(seed: int) -> int:
    """Print the costs; return 1 when the typical or the worst one is over its budget."""
    source = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    typical: list[float] = []
    worst = 0.0
    for name, patterns, written in _filters(source):
        for kind, ask in (("ACL", _asker_of_acl(patterns)), ("groups", _asker_of_groups(patterns))):
            usual = [_fastest(ask, asked) for asked in _questions()]
            widest = [_fastest(ask, asked) for asked in _wide_questions()]
            print(
                f"{kind:<7} {name:<34} median {_ms(statistics.median(usual))}  "
                f"worst {_ms(max(usual + widest))}"
            )
            if written:
                typical += usual
                worst = max(worst, *usual, *widest)
    print(f"typical {_ms(statistics.median(typical))}, budget {_ms(TYPICAL_MILLISECONDS)}")
    print(f"worst   {_ms(worst)}, budget {_ms(WORST_MILLISECONDS)}")
    return int(statistics.median(typical) > TYPICAL_MILLISECONDS or worst > WORST_MILLISECONDS)


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:7.3f} ms"


def _fastest(ask: Callable[[TrafficSet], object], asked: TrafficSet) -> float:
    """Return the milliseconds of the fastest of several runs."""
    gc.disable()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        ask(asked)
        times.append(time.perf_counter() - start)
    gc.enable()
    return min(times) * 1000


def _asker_of_acl(patterns: list[Pattern]) -> Callable[[TrafficSet], object]:
    entries = tuple(
        Entry(
            origin=_ORIGIN,
            number=number,
            direction=Direction.INGRESS,
            action=Action.ALLOW if number % 3 else Action.DENY,
            pattern=pattern,
        )
        for number, pattern in enumerate(patterns, start=1)
    )
    acl = NetworkAcl(origin=_ORIGIN, entries=entries)
    return lambda asked: network_acl.decide(acl, Direction.INGRESS, asked)


def _asker_of_groups(patterns: list[Pattern]) -> Callable[[TrafficSet], object]:
    rules = tuple(
        Rule(
            origin=_ORIGIN,
            direction=Direction.EGRESS,
            pattern=pattern,
            peer=Peer(kind=PeerKind.ADDRESSES),
        )
        for pattern in patterns
    )
    return lambda asked: security_group.decide(rules, asked)


def _questions() -> Iterator[TrafficSet]:
    """Yield what checks ask: a port or the replies, of a subnet or of the internet."""
    for remotes in (_SUBNET, PUBLIC_IPV4):
        for ports in (IntervalSet.single(443), IntervalSet.single(5432), _REPLIES):
            yield TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=remotes, ports=ports)


def _wide_questions() -> Iterator[TrafficSet]:
    """Yield the widest questions that anybody asks."""
    yield TrafficSet.of(remotes=ANY_IPV4)
    yield TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=ANY_IPV4)


def _filters(source: random.Random) -> Iterator[tuple[str, list[Pattern], bool]]:
    """Yield lines by kind, and whether people write such."""
    yield "one port each, everywhere", [_pattern(ANY_IPV4, number) for number in range(LINES)], True
    yield "one host each, all ports", [_pattern(_host(source), None) for _ in range(LINES)], True
    subnet = (IntervalSet.single(_VPC + number) for number in range(LINES))
    yield "hosts around the subnet, one port", [_pattern(host, 443) for host in subnet], True
    yield "blocks of the internet on 443", [_pattern(_block(source, 8, 24), 443) for _ in range(LINES)], True
    yield "blocks on a few ports", [_usual(source) for _ in range(LINES)], True
    yield "blocks and ranges at random", [_random(source) for _ in range(LINES)], False
    half = [_random(source) if n % 2 else _unknown(_random(source), n) for n in range(LINES)]
    yield "the same, every second not known", half, False


def _usual(source: random.Random) -> Pattern:
    low, high = source.choice([(22, 22), (443, 443), (5432, 5432), (1024, 65535), (0, 65535)])
    block = source.choice([_block(source, 16, 28), _SUBNET])
    ports = IntervalSet.of((low, high))
    return Pattern.known(TrafficSet.of(protocols=IntervalSet.single(TCP), remotes=block, ports=ports))


def _pattern(remotes: IntervalSet, port: int | None, protocol: int = TCP) -> Pattern:
    ports = ALL_PORTS if port is None else IntervalSet.single(port)
    return Pattern.known(TrafficSet.of(protocols=IntervalSet.single(protocol), remotes=remotes, ports=ports))


def _unknown(pattern: Pattern, number: int) -> Pattern:
    return Pattern.at_most(pattern.possible, Unknown(urn="urn", path=f"ingress[{number}]"))


def _random(source: random.Random) -> Pattern:
    low = source.randrange(65536)
    return Pattern.known(
        TrafficSet.of(
            protocols=source.choice([IntervalSet.single(TCP), IntervalSet.single(UDP), ALL_PROTOCOLS]),
            remotes=source.choice([_block(source, 1, 32), EVERYWHERE, _SUBNET]),
            ports=IntervalSet.of((low, min(65535, low + source.choice([0, 0, 10, 1000, 30000])))),
        )
    )


def _block(source: random.Random, widest: int, narrowest: int) -> IntervalSet:
    size = 1 << (32 - source.randint(widest, narrowest))
    start = source.randrange(1 << 32) // size * size
    return IntervalSet(((start, start + size - 1),))


def _host(source: random.Random) -> IntervalSet:
    return IntervalSet.single(source.randrange(1 << 32))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1))
