"""Server CPU for each request at saturation."""
from . import lanes
from .report import aims, table

PEERS = {"quarkus", "java-sdk"}


def seconds(options):
    return 11 * options.seconds * (options.rounds + 1) + 15


def measure(options, samples):
    with lanes.all_served(options.seconds) as all_lanes:
        def once(number):
            for lane in all_lanes if number % 2 == 0 else reversed(all_lanes):
                samples.add(lane.name, **lane.load(options.seconds))
        samples.rounds(options.rounds, once)
    rows = [[lane.name, f"{samples.median(lane.name, 'cpu'):.1f}",
             f"{ratio(samples, 'cpu', lane.name, lane.against):.2f}" if lane.against else "1",
             *(f"{samples.median(lane.name, figure):,.0f}" for figure in ("rps", "p50", "p99"))] for lane in all_lanes]
    return table("Server CPU for each request at 64 connections",
                 ["server", "CPU µs", "ratio to bare", "requests/s", "p50 µs", "p99 µs"], rows) + held(all_lanes, samples)


def held(all_lanes, samples):
    rows = [(f"CPU of {lane.name}, to bare", "at most", 1.2, ratio(samples, "cpu", lane.name, lane.against))
            for lane in all_lanes if lane.server == "ours"]
    for ours, quarkus in ("inline", "non-blocking"), ("virtual", "virtual thread"):
        names = f"ours {ours}, legacy", f"Quarkus {quarkus}, legacy"
        if names[1] in samples.values:
            rows.append((f"CPU of {names[0]}, to Quarkus {quarkus}", "at most", 1, ratio(samples, "cpu", *names)))
            if ours == "inline":
                rows.append((f"requests/s of {names[0]}, to Quarkus {quarkus}", "at least", 0.95, ratio(samples, "rps", *names)))
    return aims(rows)


def ratio(samples, figure, name, against):
    return samples.median(name, figure) / samples.median(against, figure)
