"""p99 at a rate that the bare server handles easily."""
from . import lanes
from .report import aims, table

PEERS = {"quarkus", "java-sdk"}


def seconds(options):
    return 11 * options.seconds + 4 * options.seconds + 11 * options.rounds * (options.seconds * 4 / 3 + 1) + 15


def measure(options, samples):
    with lanes.all_served(options.seconds) as all_lanes:
        rates = {lane.name: lane.load(options.seconds)["rps"] / 2 for lane in all_lanes if not lane.against}

        def once(number):
            for lane in all_lanes if number % 2 == 0 else reversed(all_lanes):
                samples.add(lane.name, **lane.offered(rates[lane.against or lane.name], options.seconds))
        samples.rounds(options.rounds, once)
    rows, held = [], []
    for lane in all_lanes:
        p99 = samples.median(lane.name, "p99")
        ratio = p99 / samples.median(lane.against or lane.name, "p99")
        rows.append([lane.name, f"{rates[lane.against or lane.name]:,.0f}", f"{samples.median(lane.name, 'p50'):,.0f}",
                     f"{p99:,.0f}", f"{ratio:.2f}" if lane.against else "1"])
        if lane.server == "ours":
            held.append((f"p99 of {lane.name}, to bare", "at most", 1.25, ratio))
    return table("p99 at a fixed offered rate", ["server", "offered requests/s", "p50 µs", "p99 µs", "ratio to bare"], rows) + aims(held)
