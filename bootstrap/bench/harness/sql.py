"""One row with the guard and without it, and the cost of each layer of the guard."""
import re

from . import backends, client, dataserver, workshop
from .dataserver import Lane
from .report import aims, say, table

PEERS = set()
POOL = 20
PARSED, PLAIN, GUARDED, COSTED = "the same select, parsed each time", "the same select, prepared", "execute_query", \
    "execute_query, cost gate on"
PGBENCH_PARSED, PGBENCH, PGBENCH_GUARDED = "pgbench -S -M extended, 20 clients: parsed each time", \
    "pgbench -S -M prepared", "pgbench, a frame like the guard's, as one text"
ALL = (PARSED, PLAIN, GUARDED, COSTED, PGBENCH_PARSED, PGBENCH, PGBENCH_GUARDED)
SENT = r"""\set aid random(100000, 199999)
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY\; DECLARE breakwater NO SCROLL CURSOR FOR SELECT abalance FROM pgbench_accounts WHERE aid = :aid\; FETCH FORWARD 256 FROM breakwater\; ROLLBACK\; SELECT pg_catalog.pg_advisory_unlock_all(), current_user OPERATOR(pg_catalog.=) session_user;
"""
ROW = '{"number":#}'
QUERY = '{"query":"SELECT abalance FROM pgbench_accounts WHERE aid = $1","params":[#]}'
LAYER_ROUNDS = 9
WARM = 4
LAYERS = {
    "prepared": "plain prepared select",
    "parsed": "parsed and planned each time, since nothing may be left for the next call",
    "composite": "in a read-only transaction, as a cursor: one message of four statements",
    "reset": "undone, and proven to be, in the same message",
    "rows": "rows counted, weighed and written as JSON",
    "analysis": "the statement read: one statement, its verb, its names",
    "policy": "function policy, its answer known from the call before",
    "gateway": "the whole gateway: a session taken from the pool and given back",
}


def seconds(options):
    return 7 * dataserver.span(options) * (options.rounds + WARM) + (LAYER_ROUNDS + 1) * len(LAYERS) * millis(options) / 1e3 + 20


def millis(options):
    return 100 if options.quick else 400


def measure(options, samples):
    with backends.postgres() as postgres:
        text = one_row(options, samples, postgres)
        return text if samples.interrupted else text + "\n" + layers(options, postgres)


def one_row(options, samples, postgres):
    settings = [f"database.url={postgres.url('guest')}", f"database.pool.min={POOL}", f"database.pool.max={POOL}"]
    span = dataserver.span(options)
    with dataserver.serving("data", postgres, *settings) as open_gate, \
            dataserver.serving("data costed", postgres, *settings, "database.cost.per-query=1000000") as costed:
        lanes = [Lane(PARSED, open_gate, "row_parsed", ROW, backends.ROWS, '"balance":0'),
                 Lane(PLAIN, open_gate, "row", ROW, backends.ROWS, '"balance":0'),
                 Lane(GUARDED, open_gate, "execute_query", QUERY, backends.ROWS, '"abalance":0'),
                 Lane(COSTED, costed, "execute_query", QUERY, backends.ROWS, '"abalance":0')]
        loads = [*((lane.name, lane.load) for lane in lanes), 
                 (PGBENCH_PARSED, lambda length: pgbench(postgres, length, "-S", "-M", "extended")),
                 (PGBENCH, lambda length: pgbench(postgres, length, "-S", "-M", "prepared")),
                 (PGBENCH_GUARDED, lambda length: pgbench(postgres, length, "-M", "simple", "-f", script()))]

        def once(number):
            for name, load in loads if number % 2 == 0 else reversed(loads):
                samples.add(name, **load(span))
        for _ in range(1 if options.quick else WARM):  # a compiler that is still at work takes its part of two cores
            for name, load in loads:
                say(f"warming {name}")
                load(span)
        samples.rounds(options.rounds, once)
    return shown(samples)


def script():
    file = workshop.OUT / "guarded.sql"
    file.write_text(SENT)
    return file


def pgbench(postgres, length, *what):
    said = postgres.pgbench(*what, "-c", POOL, "-j", 2, "-n", "-T", length)
    return {"rps": float(re.search(r"tps = ([\d.]+)", said)[1])}


def shown(samples):
    def ratio(name):
        return samples.median(name, "rps") / samples.median(PARSED, "rps")
    rows = [[name, f"{samples.median(name, 'rps'):,.0f}", f"{ratio(name):.2f}",
             *(f"{samples.median(name, figure):,.{digits}f}" if figure in samples.values[name] else ""
               for figure, digits in (("p50", 0), ("p99", 0), ("cpu", 1)))] for name in ALL]
    return table(f"One row by its primary key: {client.CONNECTIONS} callers, {POOL} pooled connections",
                 ["tool", "calls/s", "ratio to parsed", "p50 µs", "p99 µs", "server CPU µs"], rows) + aims([
                     ("calls/s of execute_query, to the same select parsed each time", "at least", 0.65, ratio(GUARDED))])


def layers(options, postgres):
    say("sql: layers")
    classes = ":".join(f"{workshop.ROOT}/{module}/target/test-classes" for module in ("adapter-postgres", "ports"))
    took = workshop.figures("LayerCosts", postgres.url("guest"), LAYER_ROUNDS, millis(options),
                            package="io.breakwater.adapter.postgres.database", class_path=f"{classes}:{workshop.DIST}/lib/*")
    rows, before = [], None
    for name, what in LAYERS.items():
        rows.append([what, f"{took[name]:,.0f}", "" if before is None else f"{took[name] - before:+,.0f}"])
        before = took[name]
    return table("What each layer costs: one connection, one caller, each layer on top of those before",
                 ["up to this layer", "µs a call", "added"], rows)
