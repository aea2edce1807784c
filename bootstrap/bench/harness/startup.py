"""From the start of the process to the answer to the first tools/call, over HTTP."""
import time

from . import client, workshop
from .report import aims, table

PEERS = {"quarkus"}
ANALYZE = {"data": {"a": 1}, "operation": "analyze"}


def seconds(options):
    return 5 * (options.starts + 1)


def measure(options, samples):
    cache = workshop.launcher("serve")[1]
    ours = "./breakwater serve, " + ("with its AOT cache" if cache.exists() else "WITHOUT an AOT cache: there is none")
    netty = "bare Netty, without AOT cache"
    servers = {
        ours: (lambda port: [workshop.ROOT / "breakwater", "serve", "--port", port], "process_data", ANALYZE, "structuredContent"),
        netty: (lambda port: workshop.bare("BareNetty", port), "echo", client.ECHO, "hello world")}
    if workshop.has("quarkus"):
        servers["Quarkus, without AOT cache"] = workshop.quarkus, "echo", client.ECHO, "hello world"

    def once(number):
        for name, server in servers.items():
            samples.add(name, ms=first_call(*server))
    once(-1)  # reads the files into memory
    samples.values.clear()
    samples.rounds(options.starts, once)
    rows = [[name, f"{samples.median(name, 'ms'):,.0f}", f"{samples.median(name, 'ms') / samples.median(netty, 'ms'):.2f}"] for name in servers]
    return table("Process start to first tools/call answered, over HTTP", ["server", "ms", "ratio to bare Netty"], rows) + aims([
        ("start of ours, to bare Netty", "at most", 1, samples.median(ours, "ms") / samples.median(netty, "ms"))])


def first_call(command, tool, arguments, expected):
    port = client.free_port()
    begin = time.perf_counter()
    with workshop.running("startup", command(port)) as process:
        _, session, _ = client.until(lambda: client.post(port, client.INITIALIZE), process)
        client.expect(port, "legacy", tool, arguments, expected, session)
        return (time.perf_counter() - begin) * 1e3
