"""Goodput and the latency of admitted calls around the capacity of a tool, and one greedy caller among ten."""
import contextlib
import os

from . import client, curve, workshop
from .report import aims, say, table

PEERS = set()
CAPACITY = 1_600  # calls a second: 32 permits, each held for 20 ms
UNLOADED = "0.1"
LOADS = (UNLOADED, "0.5", "1", "2", "4")  # times the capacity
CALLERS = 10
FAIR = CAPACITY // CALLERS
GREEDY = 10  # times the fair share
CONNECTIONS, EACH = 512, 128  # of one caller alone, and of each of ten


def warm(options):
    return max(2, options.seconds // 2)


def seconds(options):
    return options.rounds * (len(LOADS) + 1) * (warm(options) + options.seconds + 2) + options.seconds + 10


def measure(options, samples):
    with served() as (port, requests):
        say("warming")
        offered(port, warm(options), options.seconds, CONNECTIONS, [(requests[0], CAPACITY)])

        def once(number):
            for load in LOADS if number % 2 == 0 else reversed(LOADS):
                rate = int(float(load) * CAPACITY)
                said = offered(port, warm(options), options.seconds, CONNECTIONS, [(requests[0], rate)])
                samples.add(load, goodput=said["served_0"] / options.seconds, p50=said["p50_0"], p99=said["p99_0"])
            rates = [GREEDY * FAIR] + [FAIR] * (CALLERS - 1)
            said = offered(port, warm(options), options.seconds, EACH, list(zip(requests, rates)))
            for caller in range(CALLERS):
                samples.add(name(caller), goodput=said[f"served_{caller}"] / options.seconds, p99=said[f"p99_{caller}"],
                            share=said[f"served_{caller}"] / (FAIR * options.seconds))
        samples.rounds(options.rounds, once)
    return text(samples) + pictures(options, samples)


def name(caller):
    return f"caller {caller}"


def text(samples):
    peak = max(samples.median(load, "goodput") for load in LOADS)
    rows = [[f"{float(load):g}", f"{float(load) * CAPACITY:,.0f}", f"{samples.median(load, 'goodput'):,.0f}",
             f"{samples.median(load, 'p50') / 1000:.1f}", f"{samples.median(load, 'p99') / 1000:.1f}"] for load in LOADS]
    shares = [samples.median(name(caller), "share") for caller in range(1, CALLERS)]
    fair = [["the greedy caller", f"{GREEDY * FAIR:,}", f"{samples.median(name(0), 'goodput'):,.0f}", f"{samples.median(name(0), 'p99') / 1000:.1f}"],
            ["each of the nine others, the least", f"{FAIR:,}", f"{min(shares) * FAIR:,.0f}",
             f"{max(samples.median(name(caller), 'p99') for caller in range(1, CALLERS)) / 1000:.1f}"]]
    held = [("goodput at twice the capacity, to the peak", "at least", 0.9, samples.median("2", "goodput") / peak),
            ("p99 of admitted calls at twice the capacity, to the unloaded one", "at most", 3,
             samples.median("2", "p99") / samples.median(UNLOADED, "p99")),
            ("what a caller beside the greedy one receives of its fair share, the least", "at least", 0.9, min(shares))]
    return table(f"A tool that can run {CAPACITY:,} calls a second; calls of one caller, offered at a fixed rate",
                 ["times the capacity", "offered calls/s", "goodput, calls/s", "p50 of admitted calls, ms", "p99, ms"], rows) + "\n" \
        + table(f"Ten callers, whose fair share is {FAIR} calls a second", ["", "offered calls/s", "goodput, calls/s", "p99, ms"], fair) + aims(held)


def pictures(options, samples):
    """Writes the curves beside the results, and into the docs on request; returns the lines that show them there."""
    loads = [load for load in LOADS if load != UNLOADED]
    shares = [samples.median(name(caller), "goodput") for caller in range(CALLERS)]
    charts = {"overload-goodput": curve.chart("Goodput of one tool", "times the capacity", "calls/s", loads, {
                  "offered": [float(load) * CAPACITY for load in loads], "served": [samples.median(load, "goodput") for load in loads]}),
              "overload-latency": curve.chart("Latency of admitted calls", "times the capacity", "ms", loads, {
                  figure: [samples.median(load, figure) / 1000 for load in loads] for figure in ("p50", "p99")}),
              "overload-fairness": curve.chart("Ten callers, one of them greedy", "caller; 0 is greedy", "calls/s", list(range(CALLERS)), {
                  "fair share": [FAIR] * CALLERS, "served": shares})}
    return curve.publish(options, charts)


# ---- the server and its load -----------------------------------------------------------------------------------------

@contextlib.contextmanager
def served():
    """The port, and a file with the request of each caller."""
    port = client.free_port()
    with workshop.running("overload", workshop.ours("OverloadServer", port, workshop.OUT)) as process:
        client.until(lambda: client.post(port, client.INITIALIZE), process)
        yield port, [request(port, caller) for caller in range(CALLERS)]


def request(port, caller):
    key = (workshop.OUT / f"overload.key-{caller}").read_text()
    message, fields = client.call("modern", "hold", {})
    file = workshop.OUT / f"overload.request-{caller}"
    file.write_bytes(client.raw(port, message, {**fields, "Authorization": f"Bearer {key}"}))
    return file


def offered(port, warming, length, connections, callers):
    """One run of OverloadLoad on the last core."""
    said = workshop.figures("OverloadLoad", port, warming, length, connections, *(word for caller in callers for word in caller),
                            core=(os.cpu_count() or 1) - 1)
    say(" ".join(f"{figure}={value:.0f}" for figure, value in said.items()))
    return said
