"""A request to an HTTP service through api_request, beside a tool that sends it with the bare client of Vert.x."""
import contextlib
import json

from . import client, upstream, workshop
from .report import aims, say, table

PEERS = set()
PAIRS = 2  # in each round, which starts the server again
OURS, BARE = "api_request", "bare_request"


def seconds(options):
    return options.rounds * (2 + 2 * PAIRS) * (options.seconds + 1) + options.rounds * 6


def measure(options, samples):
    def once(number):
        with served() as (port, pid):
            for tool in OURS, BARE:
                say(f"warming {tool}")
                load(port, pid, tool, options.seconds)
            for pair in range(PAIRS):
                for tool in (OURS, BARE) if (number + pair) % 2 == 0 else (BARE, OURS):
                    samples.add(tool, **load(port, pid, tool, options.seconds))
    samples.rounds(options.rounds, once)
    return text(samples)


@contextlib.contextmanager
def served():
    """The shipped server with the other tool, and one instance of the service. The load keeps all processors busy, so the
    concurrency limits that follow the latency would refuse some calls."""
    port = client.free_port()
    with upstream.instance() as service:
        command = workshop.ours("ServiceServer", service.port, f"http.port={port}", upstream.urls([service]),
                                "limits.adaptive-concurrency=false", *upstream.UNLIMITED)
        with client.serving("services", command, port) as pid:
            for tool in OURS, BARE:
                client.expect(port, "modern", tool, upstream.REQUEST, upstream.EXPECTED)
            yield port, pid


def load(port, pid, tool, seconds):
    return client.load(port, pid, "modern", tool, [], seconds, ARGUMENTS=json.dumps(upstream.REQUEST), EXPECT=upstream.EXPECTED.replace('"', '\\"'))


def text(samples):
    def ratio(figure):
        return samples.median(OURS, figure) / samples.median(BARE, figure)
    rows = [[tool, *(f"{samples.median(tool, figure):,.0f}" for figure in ("p50", "p99", "rps")), f"{samples.median(tool, 'cpu'):.1f}"]
            for tool in (OURS, BARE)]
    rows.append(["ratio", *(f"{ratio(figure):.2f}" for figure in ("p50", "p99", "rps", "cpu"))])
    return table("A GET request to an HTTP service, 64 connections, on virtual threads of one server",
                 ["tool", "p50 µs", "p99 µs", "calls/s", "server CPU µs"], rows) + aims([
                     ("p50 of api_request, to the bare client", "at most", 1.25, ratio("p50")),
                     ("calls/s of api_request, to the bare client", "at least", 0.8, ratio("rps"))])
