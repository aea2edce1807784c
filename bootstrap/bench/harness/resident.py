"""The memory that a server holds after load, as its users start it and with equal options."""
import re
from pathlib import Path

from . import client, workshop
from .report import aims, table

PEERS = {"quarkus"}
OURS, QUARKUS, BARE = "ours", "Quarkus", "bare Vert.x"
STARTED = "as it is started"


def seconds(options):
    return options.rounds * 6 * (2 * options.seconds + 4)


def measure(options, samples):
    launcher = workshop.launcher("serve")[0]
    kinds = {STARTED: [], "-Xmx512m": ["-Xmx512m"]}
    servers = [(name, kind, (launcher if name == OURS and kind == STARTED else []) + jvm)
               for kind, jvm in kinds.items() for name in names()]

    def once(number):
        for name, kind, jvm in servers if number % 2 == 0 else reversed(servers):
            samples.add(f"{name}, {kind}", **loaded(name, jvm, options.seconds))
    samples.rounds(options.rounds, once)
    rows = [[name, shown(name, kind), *(f"{samples.median(f'{name}, {kind}', figure):,.0f}" for figure in ("started", "loaded", "p99"))]
            for name, kind, jvm in servers]
    text = table("Resident memory after load: 64 connections, inline, legacy", ["server", "options of the JVM", "MB when started", "MB after load", "p99 µs"], rows)
    if not workshop.has("quarkus"):
        return text
    return text + aims([(f"memory of ours after load, to Quarkus, each {STARTED}", "at most", 1, ratio(samples, "loaded")),
                        (f"p99 of ours, to Quarkus, each {STARTED}", "at most", 1, ratio(samples, "p99"))])


def names():
    return [OURS, *([QUARKUS] if workshop.has("quarkus") else []), BARE]


def shown(name, kind):
    return {OURS: "those of `./breakwater serve`", QUARKUS: "none", BARE: "none"}[name] if kind == STARTED else f"`{kind}`"


def ratio(samples, figure):
    return samples.median(f"{OURS}, {STARTED}", figure) / samples.median(f"{QUARKUS}, {STARTED}", figure)


def loaded(name, jvm, seconds):
    port = client.free_port()
    with client.serving(name.replace(" ", "-"), command(name, jvm, port), port) as pid:
        started = megabytes(pid)
        ids = [] if name == BARE else client.sessions(port, client.CONNECTIONS)
        client.load(port, pid, "legacy", "echo", ids, seconds)
        figures = client.load(port, pid, "legacy", "echo", ids, seconds)
        return {"started": started, "loaded": megabytes(pid), "p99": figures["p99"]}


def command(name, jvm, port):
    java = [workshop.java, *jvm, *workshop.QUIET]
    if name == QUARKUS:
        return [*java, f"-Dquarkus.http.port={port}", "-jar", workshop.quarkus_jar("quarkus")]
    main = ["EchoServer", port] if name == OURS else ["peer.BareHttp", port, "inline"]
    return [*java, "-cp", workshop.CLASS_PATH, f"{workshop.PACKAGE}.{main[0]}", *main[1:]]


def megabytes(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024
