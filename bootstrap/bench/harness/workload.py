"""The public workload of benchmark-mcp-servers-v2: three tools over an HTTP API and Redis."""
from dataclasses import dataclass

from . import client, resident, shop, workshop
from .report import aims, say, table

PEERS = {"quarkus-shop"}
CONNECTIONS = 50
WARMINGS = 2
QUARKUS = "Quarkus"
STARTED, EQUAL = "as it is started", "`-Xmx512m`"


@dataclass(frozen=True)
class Lane:
    """A server and the options of its JVM."""
    server: str
    kind: str
    shown: str
    command: object  # of a port and a shop
    ours: bool = True

    @property
    def name(self):
        return f"{self.server}, {self.kind}"


def lanes():
    """A further server with the same three tools is one more pair here; it must answer like the others."""
    launcher = workshop.launcher("serve")[0]
    for kind, jvm, shown in (STARTED, launcher, "those of `./breakwater serve`"), (EQUAL, workshop.HEAP, EQUAL):
        yield Lane("ours", kind, shown, embedded(jvm))
    if workshop.has("quarkus-shop"):
        for kind, jvm, shown in (STARTED, [], "none"), (EQUAL, workshop.HEAP, EQUAL):
            yield Lane(QUARKUS, kind, shown, quarkus(jvm), ours=False)


def embedded(jvm):
    """The tools in Java, in a program that embeds Breakwater."""
    return lambda port, place: [workshop.java, *jvm, *workshop.QUIET, "-cp", workshop.CLASS_PATH, f"{workshop.PACKAGE}.ShopServer",
                                port, place.api, place.redis.port, shop.CONNECTIONS]


def quarkus(jvm):
    return lambda port, place: [workshop.java, *jvm, *workshop.QUIET, f"-Dquarkus.http.port={port}",
                                f"-Dquarkus.redis.hosts={place.redis.url}", f"-Dquarkus.redis.max-pool-size={shop.CONNECTIONS}",
                                f"-Dquarkus.rest-client.shop.url=http://127.0.0.1:{place.api}",
                                f"-Dquarkus.rest-client.shop.connection-pool-size={shop.CONNECTIONS}",
                                "-jar", workshop.quarkus_jar("quarkus-shop")]


def single(options):
    """The seconds of the load of one tool."""
    return max(2, options.seconds // 2)


def seconds(options):
    of_all = WARMINGS * options.seconds + options.seconds + 6
    return options.rounds * (4 * of_all + 2 * len(shop.CALLS) * single(options))


def measure(options, samples):
    all_lanes, expected = list(lanes()), []
    with shop.served() as place:
        def once(number):
            for lane in all_lanes if number % 2 == 0 else reversed(all_lanes):
                measure_lane(lane, place, options, samples, expected)
        samples.rounds(options.rounds, once)
    return text(all_lanes, samples)


def measure_lane(lane, place, options, samples, expected):
    """Starts a server for all loads, so that its memory is that of this load alone."""
    port = client.free_port()
    with client.serving(f"shop {lane.server}", lane.command(port, place), port) as pid:
        ids = client.sessions(port, CONNECTIONS)
        started = resident.megabytes(pid)
        compare(lane, shop.work(place, port, ids[0]), expected)
        say(f"warming {lane.name}")
        place.refill()
        shop.load(port, pid, ids, shop.CALLS, WARMINGS * options.seconds)
        figures = shop.load(port, pid, ids, shop.CALLS, options.seconds)
        samples.add(lane.name, started=started, loaded=resident.megabytes(pid), **figures)
        for tool in shop.CALLS if lane.kind == EQUAL else ():
            samples.add(f"{lane.name}, {tool}", **shop.load(port, pid, ids, [tool], single(options)))


def compare(lane, done, expected):
    """Stops unless all servers do the same work: the first one says what that is."""
    expected[:] = expected or [done]
    for what, mine, first in zip(("answers", "sends Redis", "sends the API"), done, expected[0]):
        if mine != first:
            raise workshop.Stop(f"{lane.name} {what} {mine}, but the first server {first}")


# ---- results ---------------------------------------------------------------------------------------------------------

def text(all_lanes, samples):
    rows = [[lane.server, lane.shown, *load_columns(samples, lane.name),
             *(f"{samples.median(lane.name, figure):,.0f}" for figure in ("started", "loaded"))] for lane in all_lanes]
    tools = [[tool, lane.server, *load_columns(samples, f"{lane.name}, {tool}")]
             for tool in shop.CALLS for lane in all_lanes if lane.kind == EQUAL]
    columns = ["calls/s", "p50 µs", "p99 µs", "CPU µs"]
    return table(f"The three tools in turn, {CONNECTIONS} connections, legacy, on virtual threads",
                 ["server", "options of the JVM", *columns, "MB when started", "MB after load"], rows) + "\n" \
        + table(f"Each tool alone, with {EQUAL}", ["tool", "server", *columns], tools) + held(all_lanes, samples)


def load_columns(samples, name):
    return [*(f"{samples.median(name, figure):,.0f}" for figure in ("rps", "p50", "p99")), f"{samples.median(name, 'cpu'):.1f}"]


def held(all_lanes, samples):
    rows = []
    for lane in all_lanes:
        other = f"{QUARKUS}, {lane.kind}"
        if lane.ours and other in samples.values:
            words = f"of {lane.server}, to Quarkus, " + ("each as it is started" if lane.kind == STARTED else f"both with {EQUAL}")
            for what, figure, comparison in ("calls/s", "rps", "at least"), ("memory after load", "loaded", "at most"):
                rows.append((f"{what} {words}", comparison, 1, samples.median(lane.name, figure) / samples.median(other, figure)))
    return aims(rows) if rows else ""
