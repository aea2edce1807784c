"""The duration of the slowest calls of execute_query: warm, and in the first minute after the start."""
import json
import re
import subprocess
import time
from pathlib import Path

from . import backends, client, workshop
from .report import aims, say, table

PEERS = set()
POOL = 20
QUERY = {"query": "SELECT abalance FROM pgbench_accounts WHERE aid = $1", "params": [150_000]}
BUCKETS = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000]
SATURATED, HALF, FIRST = "warm, at saturation", "warm, at half of that rate", "first minute after the start, at half of that rate"
MOST_WARMING = 10


def seconds(options):
    return 2 * minute(options) + 120


def minute(options):
    return 6 if options.quick else 60


def measure(options, samples):
    cache = workshop.launcher("serve")[1]
    with backends.postgres() as postgres:
        samples.rounds(1, lambda number: once(options, samples, postgres))
    rows = [[name, f"{samples.median(name, 'rate'):,.0f}", f"{samples.median(name, 'p50'):,.0f}",
             f"{samples.median(name, 'p99'):,.0f}", f"{samples.median(name, 'sent'):,.0f}", f"{samples.median(name, 'told'):,.0f}"]
            for name in (SATURATED, HALF, FIRST)]
    title = "The slowest calls of execute_query: 64 connections, " + ("an AOT cache" if cache.exists() else "NO AOT cache")
    return table(title, ["", "calls/s", "p50 µs", "p99 µs", "p99 µs since sent", "p99 µs since the start, as get_metrics tells"], rows) + aims([
        ("p99 at saturation, to p50", "at most", 6, samples.median(SATURATED, "p99") / samples.median(SATURATED, "p50")),
        ("p99 of the first minute, to the warm one", "at most", 2, samples.median(FIRST, "p99") / samples.median(HALF, "p99")),
        ("buckets between p99 since sent and as get_metrics tells, first minute", "at most", 1, samples.median(FIRST, "apart"))])


def once(options, samples, postgres):
    with started(postgres, "tail warm") as (port, pid):
        peak = warm(options, port, pid)
        add(samples, SATURATED, port, rate=peak["rps"], **peak)
        rate = peak["rps"] / 2
        add(samples, HALF, port, rate=rate, **offered(port, rate, 0, minute(options) // 2))
    with started(postgres, "tail first") as (port, pid):
        add(samples, FIRST, port, rate=rate, **offered(port, rate, 0, minute(options)))


def started(postgres, name):
    """The distribution, as an operator starts it."""
    return serving(name, [workshop.DIST / "breakwater", "serve", "--port", (port := client.free_port()),
                          "--set", f"database.url={postgres.url('guest')}", "--set", f"database.pool.min={POOL}",
                          "--set", f"database.pool.max={POOL}", "--set", "health.interval=1h"], port)


class serving:
    """A server that answers queries; gives its port and process id."""

    def __init__(self, name, command, port):
        self.port, self.context = port, client.serving(name, command, port)

    def __enter__(self):
        pid = self.context.__enter__()
        end = time.monotonic() + 30
        while True:
            try:
                client.expect(self.port, "modern", "execute_query", QUERY, '"abalance":0')
                return self.port, pid
            except workshop.Stop:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def __exit__(self, *reason):
        return self.context.__exit__(*reason)


def warm(options, port, pid):
    """The load under which the compiler, as JFR tells, had nothing to do in the last five seconds."""
    recorded = workshop.OUT / "tail.jfr"
    jcmd(pid, "JFR.start", "name=tail", "settings=none", "jdk.Compilation#enabled=true", "jdk.Compilation#threshold=0ms")
    load(port, pid, minute(options))
    for tries in range(1 if options.quick else MOST_WARMING):
        figures = load(port, pid, 10)
        jcmd(pid, "JFR.dump", "name=tail", f"filename={recorded}")
        recent = compiled_since(recorded, time.time() - 5)
        say(f"tail: {recent} compilations in the last 5 s of load; p99 {figures['p99']:,} µs")
        if recent == 0:
            break
    jcmd(pid, "JFR.stop", "name=tail")
    return load(port, pid, 10)


def load(port, pid, length):
    return client.load(port, pid, "modern", "execute_query", [], length, ARGUMENTS=json.dumps(QUERY), FIRST="0", COUNT="1",
                       EXPECT='"abalance":0')


def offered(port, rate, warming, length):
    message, fields = client.call("modern", "execute_query", QUERY)
    request = workshop.OUT / "tail.request"
    request.write_bytes(client.raw(port, {**message, "id": 100_000_000}, fields))
    return workshop.figures("RateLoad", port, rate, warming, length, client.CONNECTIONS, request)


def add(samples, name, port, rate, **figures):
    told, sent = told_p99(port), figures.get("sent99", figures["p99"])
    samples.add(name, rate=rate, p50=figures["p50"], p99=figures["p99"], sent=sent, told=told, apart=abs(bucket(told) - bucket(sent)))


def told_p99(port):
    """Of execute_query since the start, in microseconds."""
    text = client.expect(port, "modern", "get_metrics", {}, "p99_ms")
    tools = json.loads(text)["result"]["structuredContent"]["tools"]
    return next(tool["latency"]["p99_ms"] for tool in tools if tool["name"] == "execute_query") * 1_000


def bucket(micros):
    return sum(micros > bound for bound in BUCKETS)


def jcmd(pid, *command):
    done = subprocess.run([Path(workshop.java).parent / "jcmd", str(pid), *command], capture_output=True, text=True)
    if done.returncode:
        raise workshop.Stop(f"jcmd {workshop.shown(command)} failed: {done.stdout}{done.stderr}")


def compiled_since(recorded, moment):
    """How many compilations ended after that moment."""
    said = subprocess.run([Path(workshop.java).parent / "jfr", "print", "--json", "--events", "jdk.Compilation", recorded],
                          capture_output=True, text=True, check=True).stdout
    starts = re.findall(r'"startTime": "(\d{4}-\d\d-\d\dT[\d:]+)', said)
    return sum(calendar(start) >= moment for start in starts)


def calendar(text):
    """Seconds of a time that JFR prints in the zone of this computer."""
    return time.mktime(time.strptime(text, "%Y-%m-%dT%H:%M:%S"))
