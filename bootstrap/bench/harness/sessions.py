"""The cost of idle sessions."""
import re
import subprocess
from pathlib import Path

from . import client, workshop
from .report import aims, table

PEERS = set()


def seconds(options):
    return 2 * options.seconds * (options.rounds + 1) + 25


def measure(options, samples):
    idle = 200 if options.quick else 10_000
    ports = {"alone": client.free_port(), "crowded": client.free_port()}
    with client.serving("ours", [workshop.BENCH / "serve", ports["alone"]], ports["alone"]) as alone, \
            client.serving("ours crowded", [workshop.BENCH / "serve", ports["crowded"]], ports["crowded"]) as crowded:
        pids = {"alone": alone, "crowded": crowded}
        ids = {name: client.sessions(port, client.CONNECTIONS) for name, port in ports.items()}
        before = live_heap(crowded)
        client.sessions(ports["crowded"], idle)
        samples.add("an idle session", heap=(live_heap(crowded) - before) / idle)

        def load(name):
            return client.load(ports[name], pids[name], "legacy", "echo", ids[name], options.seconds)["cpu"]

        def once(number):
            for name in ("alone", "crowded") if number % 2 == 0 else ("crowded", "alone"):
                samples.add(name, cpu=load(name))
        for name in ports:
            load(name)
        samples.rounds(options.rounds, once)
    worse = (samples.median("crowded", "cpu") / samples.median("alone", "cpu") - 1) * 100
    heap = samples.median("an idle session", "heap")
    return table(f"{idle:,} idle legacy sessions", ["figure", "value"], [
        ["CPU for each request without them", f"{samples.median('alone', 'cpu'):.1f} µs"],
        ["CPU for each request with them", f"{samples.median('crowded', 'cpu'):.1f} µs ({worse:+.1f} %)"],
        ["heap of an idle session", f"{heap:,.0f} bytes"]]) + aims([
            ("more CPU for each request, in %", "at most", 5, worse), ("heap of an idle session, in bytes", "at most", 4096, heap)])


def live_heap(pid):
    """Bytes in use after a collection."""
    jcmd = Path(workshop.java).with_name("jcmd")
    said = subprocess.run([jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Total\s+\d+\s+(\d+)", said, re.M)[1])
