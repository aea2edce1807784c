"""What many instances of a service cost: the start, the heap, the connections, and whether their checks keep up."""
import statistics
import time
from pathlib import Path

from . import client, upstream, workshop
from .report import aims, say, table
from .sessions import live_heap

PEERS = set()
MANY = 10_000
INTERVAL = 10  # seconds between two checks of an instance
ROUNDS = 3
ESTABLISHED = "01"


def many(options):
    return 500 if options.quick else MANY


def rounds(options):
    return min(ROUNDS, options.rounds)


def seconds(options):
    return 2 * 4 * (options.starts + 1) + rounds(options) * 2 * (3 * INTERVAL + 5)


def measure(options, samples):
    with upstream.instance(host="0.0.0.0") as service:
        files = {count: configuration(service.port, count) for count in (1, many(options))}

        def start(number):
            for count, file in files.items() if number % 2 == 0 else reversed(files.items()):
                samples.add(f"{count:,}", start=started(file))
        say("starting")
        start(0)  # reads the files into memory
        samples.values.clear()
        samples.rounds(options.starts, start)

        def check(number):
            for count, file in files.items() if number % 2 == 0 else reversed(files.items()):
                samples.add(f"{count:,}", **checked(service, file, count))
        samples.rounds(rounds(options), check)
    return text(samples, f"{many(options):,}")


def configuration(port, count):
    """A file with that many instances: addresses of the loopback network, all of one listener."""
    addresses = (f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}" for number in range(count))
    file = workshop.OUT / f"instances.{count}.yaml"
    file.write_text("\n".join([
        "auth: {enabled: false}", "metrics: {public: true}", "services:", f"  {upstream.SERVICE}:", "    urls:",
        *(f"      - http://{address}:{port}" for address in addresses)]) + "\n")
    return file


def command(file, port):
    """The program as operators start it."""
    return [workshop.DIST / "breakwater", "serve", "--port", port, "--config", file]


def started(file):
    """Milliseconds from the start of the process to the response to the first call, which calls the service."""
    port = client.free_port()
    begin = time.perf_counter()
    with workshop.running("instances", command(file, port)) as process:
        client.until(lambda: client.expect(port, "modern", "api_request", upstream.REQUEST, upstream.EXPECTED), process)
        return (time.perf_counter() - begin) * 1e3


def checked(service, file, count):
    """Figures after the first round of checks, and those of the rounds after it."""
    port = client.free_port()
    before = service.checks()
    with client.serving("instances", command(file, port), port) as pid:
        until_checked(service, before + count)
        time.sleep(1)  # the last checks end
        heap = live_heap(pid)
        begin, counted, used = time.monotonic(), service.checks(), client.cpu_seconds(pid)
        delays, connections = zip(*looks(port, service.port))
        span = time.monotonic() - begin
        return {"heap": heap / 1e6, "checks": (service.checks() - counted) / span, "cpu": 100 * (client.cpu_seconds(pid) - used) / span,
                "delay": max(delays), "connections": statistics.median(connections), "most": max(connections)}


def until_checked(service, checks):
    end = time.monotonic() + 6 * INTERVAL
    while service.checks() < checks:
        if time.monotonic() > end:
            raise workshop.Stop(f"only {service.checks():,} of {checks:,} checks came")
        time.sleep(0.1)


def looks(port, service):
    """The delay and the number of open connections, twice a second during two intervals."""
    for _ in range(4 * INTERVAL):
        yield upstream.metric(port, "mcp_service_check_delay_seconds"), connections_to(service)
        time.sleep(0.5)


def connections_to(port):
    """How many connections to this port are open, on the side of the client."""
    lines = (line.split() for file in Path("/proc/net").glob("tcp*") for line in file.read_text().splitlines()[1:])
    return sum(fields[2].endswith(f":{port:04X}") and fields[3] == ESTABLISHED for fields in lines)


def text(samples, all_of_them):
    shown = {"start": ",.0f", "heap": ".1f", "checks": ",.1f", "cpu": ".1f", "connections": ",.0f", "most": ",.0f", "delay": ".2f"}
    rows = [[count, *(f"{samples.median(count, figure):{form}}" for figure, form in shown.items())] for count in ("1", all_of_them)]

    def more(figure):
        return samples.median(all_of_them, figure) - samples.median("1", figure)
    return table("Instances of a service, with health checks every 10 s", [
        "instances", "start to first call, ms", "live heap, MB", "checks/s", "CPU of the checks, % of a core", "open connections to instances, median",
        "at most", "delay of checks, s, at most"], rows) + aims([
            (f"start with {all_of_them} instances, in ms beyond one", "at most", 1_000, more("start")),
            (f"heap with {all_of_them} instances, in MB beyond one", "at most", 20, more("heap")),
            ("open connections to instances", "at most", 64, max(samples.values[all_of_them]["most"]))])
