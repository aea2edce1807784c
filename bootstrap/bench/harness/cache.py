"""The cost of a cached result: in memory, in Redis, and of a cache miss."""
import itertools
import resource
import socket
import statistics
import time

from . import backends, client, dataserver, workshop
from .dataserver import Conversation, Lane
from .report import aims, say, table

PEERS = set()
KEPT = range(1_000, 2_000)
SAID = '{"message":"hello world #"}'
PAIRS = {"row": 200, "sum": 50}  # calls with and without the cache, in one round
QUERIES = {"row": "one row by its primary key", "sum": "the sum over 200,000 rows"}
CROWD = 1_000


def seconds(options):
    return 6 * dataserver.span(options) * (options.rounds + 1) + 8 * (options.rounds + 1) + 40


def measure(options, samples):
    with backends.postgres() as postgres, backends.redis() as redis:
        shared = [f"redis.url={redis.url}", "cache.breaker-period=200ms", f"limits.concurrency={CROWD}", f"limits.concurrency-per-principal={CROWD}"]
        with dataserver.serving("data", postgres, *shared) as ours, \
                dataserver.serving("data forgetful", postgres, *shared, "cache.entries=1") as forgetful, \
                dataserver.serving("data alone", postgres) as alone:
            trips = trips_of_a_hit(ours, forgetful, redis)
            runs = runs_for_a_crowd([ours, forgetful], postgres)
            text = hits(options, samples, ours, forgetful, redis, trips)
            if not samples.interrupted:
                text += "\n" + misses(options, samples, {"memory": alone, "memory and Redis": ours})
    return text + aims([*held(samples), ("queries for 1,000 misses of one key at once, on two servers", "at most", 1, runs)])


# ---- hits ----------------------------------------------------------------------------------------------------------

def trips_of_a_hit(maker, reader, redis):
    """Counts the commands to Redis for each result that another server has loaded."""
    makes, reads = Conversation(maker), Conversation(reader)
    for attempt in range(5):  # on a busy machine Redis may be slow, and the circuit breaker then opens for a while
        keys = [{"message": f"told {attempt} {number}"} for number in KEPT]
        with redis.counting() as made:
            for key in keys:
                makes.call("echo_kept", key)
            time.sleep(1)  # no call waits for the writes
        if made.get("set") == 2 * len(keys):  # the lease of each key, and its value
            with redis.counting() as came:
                for key in keys:
                    reads.call("echo_kept", key)
            say(f"cache: {came} for {len(keys):,} hits in Redis")
            return sum(came.values()) / len(keys)
    raise workshop.Stop("Redis was too slow to store every result. Is this machine busy with other work?")


def hits(options, samples, ours, forgetful, redis, trips):
    lanes = [Lane(f"echo, {wire}", ours, "echo", wire=wire) for wire in ("legacy", "modern")]
    lanes += [Lane(f"hit in memory, {wire}", ours, "echo_kept", wire=wire) for wire in ("legacy", "modern")]
    lanes += [Lane("echo on a virtual thread, modern", ours, "echo_vt"),
              Lane("hit in Redis, modern", forgetful, "echo_kept", SAID, KEPT)]
    span = dataserver.span(options)

    def once(number):
        for lane in lanes if number % 2 == 0 else reversed(lanes):
            with redis.counting() as came:
                figures = lane.load(span)
            samples.add(lane.name, **figures, trips=sum(came.values()) / figures["requests"])
    for lane in lanes:
        say(f"warming {lane.name}")
        lane.load(span)
    samples.rounds(options.rounds, once)
    samples.add("hit in Redis, one after the other", trips=trips)
    rows = [[lane.name, f"{samples.median(lane.name, 'cpu'):.1f}",
             f"{samples.median(lane.name, 'cpu') / samples.median(f'echo, {lane.wire}', 'cpu'):.2f}",
             *(f"{samples.median(lane.name, figure):,.0f}" for figure in ("rps", "p50", "p99")),
             f"{samples.median(lane.name, 'trips'):.2f}"] for lane in lanes]
    return table("A cached result through tools/call, 64 connections",
                 ["call", "CPU µs", "ratio to echo", "requests/s", "p50 µs", "p99 µs", "commands to Redis"], rows)


# ---- misses --------------------------------------------------------------------------------------------------------

def misses(options, samples, servers):
    """Runs each query directly and as a cache miss, in turn on one connection."""
    unused = itertools.count(1_000_000)

    def once(number):
        for where, server in servers.items():
            talk = Conversation(server)
            for query, pairs in PAIRS.items():
                took = {"": [], "_kept": []}
                for _ in range(pairs if number >= 0 else 4 * pairs):
                    for kind in took:
                        took[kind].append(talk.call(query + kind, {"number": key(query, next(unused))})[0])
                if number >= 0:
                    samples.add(f"{query}, {where}", alone=statistics.median(took[""]), missed=statistics.median(took["_kept"]))
    once(-1)
    samples.rounds(options.rounds, once)
    rows = []
    for name in (f"{query}, {where}" for query in PAIRS for where in servers):
        alone, missed = samples.median(name, "alone"), samples.median(name, "missed")
        rows.append([*named(name), f"{alone:,.0f}", f"{missed:,.0f}", f"{missed - alone:+,.0f} ({(missed / alone - 1) * 100:+.1f} %)"])
    return table("A miss, one caller", ["query", "cache", "without it, µs", "a miss, µs", "added"], rows)


def key(query, number):
    """A number that was not requested before, of an existing row."""
    return number % 100_000 + 100_000 if query == "row" else number


def named(name):
    query, where = name.split(", ", 1)
    return QUERIES[query], where


def runs_for_a_crowd(servers, postgres):
    """How often a query is executed that many callers request at once, on several servers."""
    fewest, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, max(fewest, 4 * CROWD)), most))
    message, fields = client.call("modern", "run_kept", {"number": 1})
    callers = [(server.port, socket.create_connection(("127.0.0.1", server.port), timeout=30))
               for server, _ in zip(itertools.cycle(servers), range(CROWD))]
    for port, caller in callers:
        caller.sendall(client.raw(port, message, fields))
    for _, caller in callers:
        answer = b""
        while b'"run":1' not in answer:
            more = caller.recv(65536)
            answer += more
            if not more or not answer.startswith(b"HTTP/1.1 200"):
                raise workshop.Stop(f"one of {CROWD} calls at once was answered {answer[:300]}")
        caller.close()
    return int(postgres.ask("SELECT last_value FROM runs"))


# ---- aims ----------------------------------------------------------------------------------------------------------

def held(samples):
    ratios = [(f"CPU of a hit in memory, {wire}, to echo", "at most", 1.25,
               samples.median(f"hit in memory, {wire}", "cpu") / samples.median(f"echo, {wire}", "cpu")) for wire in ("legacy", "modern")]
    trips = [("commands to Redis for a hit there", "at most", 1, samples.median("hit in Redis, one after the other", "trips"))]
    added = [(f"what a miss adds to {QUERIES['sum']}, {where}, in %", "at most", 5,
              (samples.median(f"sum, {where}", "missed") / samples.median(f"sum, {where}", "alone") - 1) * 100)
             for where in ("memory", "memory and Redis") if f"sum, {where}" in samples.values]
    return ratios + trips + added
