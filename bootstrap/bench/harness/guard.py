"""What the guard, the audit log and the metrics for Prometheus add to the CPU of an inline call, in pairs of loads."""
import contextlib
import math
import shutil
import statistics
from dataclasses import dataclass

from . import client, workshop
from .report import aims, say, table

PEERS = set()
PAIRS = 4  # in each round, whose servers are started again, since two processes of one program differ for as long as they live
BARE_MICROS = 7.9  # CPU for each request of the bare server, on the machine to which the limits refer
BARE, UNGUARDED, OFF, ON = "bare inline", "unguarded, with {} in the request", "without metrics for Prometheus", "with metrics for Prometheus"
KEY, TOKEN, WHOLE, AUDITED = "API key and access rules", "verified ES256 token and access rules", "whole guard", "whole guard and audit log"
GUARDS = {KEY: "key", TOKEN: "token", WHOLE: "whole", AUDITED: "audited"}
CREDENTIALS = ("key", "token")  # of the requests to the unguarded server
COMPARED = [(KEY, UNGUARDED.format("key"), 0.8), (TOKEN, UNGUARDED.format("token"), 1.2), (WHOLE, UNGUARDED.format("key"), 1.5),
            (AUDITED, WHOLE, 3), (ON, OFF, None)]  # the last number is the limit in microseconds


@dataclass
class Lane:
    name: str
    port: int
    pid: int
    credential: str | None = None

    def load(self, seconds):
        more = {"CREDENTIAL": self.credential} if self.credential else {}
        return client.load(self.port, self.pid, "modern", "echo", [], seconds, **more)


def pairs(options):
    return 1 if options.quick else PAIRS


def span(options):
    return max(2, options.seconds // 2)


def seconds(options):
    lanes = len(GUARDS) + len(CREDENTIALS) + 3
    return options.rounds * (lanes * options.seconds + lanes * pairs(options) * span(options) + 20)


def measure(options, samples):
    def once(number):
        with contextlib.ExitStack() as servers:
            lanes = list(served(servers))
            for lane in lanes:
                say(f"warming {lane.name}")
                lane.load(options.seconds)
            for pair in range(pairs(options)):
                for lane in lanes if pair % 2 == 0 else reversed(lanes):
                    samples.add(lane.name, **lane.load(span(options)))
    samples.rounds(options.rounds, once)
    return text(samples)


def served(servers):
    """The servers of a round, each with a load of its own. Both servers of a pair receive header fields of the same kind and length."""
    credentials = {}
    servers.callback(shutil.rmtree, workshop.OUT / "guard.audited.audit", ignore_errors=True)  # it grows with each request
    for name, kind in GUARDS.items():
        file = workshop.OUT / f"guard.{kind}"
        lane = start(servers, name, lambda port: workshop.ours("GuardedServer", port, file, kind))
        lane.credential = credentials[kind] = file.read_text()
        client.expect(lane.port, "modern", "echo", client.ECHO, client.ECHO["message"], credential=lane.credential)
        yield lane
    unguarded = start(servers, "unguarded", lambda port: workshop.ours("EchoServer", port))
    for kind in CREDENTIALS:
        yield Lane(UNGUARDED.format(kind), unguarded.port, unguarded.pid, credentials[kind])
    bare = start(servers, BARE, lambda port: workshop.bare("BareHttp", port, "inline"))
    yield Lane(BARE, bare.port, bare.pid, credentials["key"])
    for name, setting in (OFF, "metrics.enabled=false"), (ON, "metrics.public=true"):
        yield start(servers, name, lambda port: workshop.shipped(port, "auth.enabled=false", setting))


def start(servers, name, command):
    port = client.free_port()
    return Lane(name, port, servers.enter_context(client.serving(f"guard {name.split(',')[-1].strip()}", command(port), port)))


# ---- results -------------------------------------------------------------------------------------------------------

def text(samples):
    scale = samples.median(BARE, "cpu") / BARE_MICROS
    rows = [[name, f"{samples.median(name, 'cpu'):.2f}", *(f"{samples.median(name, figure):,.0f}" for figure in ("rps", "p50", "p99"))]
            for name in samples.values]
    costs, held = [], []
    for name, against, limit in COMPARED:
        added = differences(samples, name, against)
        low, high = interval(added)
        costs.append([name, against, f"{statistics.median(added):+.2f}", f"{low:+.2f} to {high:+.2f}", len(added)])
        if limit:
            held.append((f"CPU µs of {name}, compared with {against}, lower end of the interval", "at most", round(limit * scale, 2), low))
    limits = ", ".join(f"{limit:g}" for _, _, limit in COMPARED if limit)
    return table("Server CPU for each inline call, 2026-07-28, 64 connections", ["server", "CPU µs", "requests/s", "p50 µs", "p99 µs"], rows) \
        + "\n" + table("CPU µs that it adds, in pairs of loads", ["server", "compared with", "median", "95 % interval", "pairs"], costs) \
        + f"\nThe limits are {limits} µs where the bare server takes {BARE_MICROS} µs; here it takes {scale * BARE_MICROS:.1f} µs.\n" \
        + aims(held)


def differences(samples, name, against):
    return [one - other for one, other in zip(samples.values[name]["cpu"], samples.values[against]["cpu"])]


def interval(values):
    """The 95 % interval of the median by the ranks of the values (sign test); with fewer than 6 values, their range."""
    ordered, n = sorted(values), len(values)
    outside, below = 0, 0.0
    while (below := below + math.comb(n, outside) / 2 ** n) <= 0.025:
        outside += 1
    first = max(0, outside - 1)
    return ordered[first], ordered[n - 1 - first]
