"""Tries one call after another in a cluster, and finds out what ends the long ones."""
import itertools, time

from values import ELEMENTS, MORE, STAND_FOR, TWICE, VALUES
from wire import Refused

LIMIT = 0.5  # seconds that statement_timeout gives

LATE = 0.9  # a call that runs for that long ignores the timeout
PATIENCE = 2.5  # seconds until it is cancelled
GRACE = 2  # seconds that each attempt to end it has
SLOW = 0.04  # seconds from which on a call is tried with more
SIZE = 300_000
LARGER = (1, 4, 16)
IN_ARRAYS = ("tsquery", "oidvector", "int2vector")  # long values of these can be stored in arrays only
MOST_MORE = 40  # calls of a function, beside all kinds of its first two arguments
ENOUGH = 10  # calls that end in time, after which the function counts as interruptible

FUNCTIONS = """
SELECT p.proname, array_to_string(p.proargtypes::regtype[], ', '), array(SELECT t.typname::text FROM unnest(p.proargtypes) WITH ORDINALITY a (oid, n)
  JOIN pg_type t ON t.oid = a.oid ORDER BY n)::text, p.provariadic <> 0, p.prokind
FROM pg_proc p WHERE p.oid < 16384 AND (p.provolatile <> 'v' OR p.proname ~ '^random') AND p.prokind IN ('f', 'a')
  AND p.prorettype <> ALL ('{trigger,event_trigger,language_handler,fdw_handler,index_am_handler,table_am_handler,tsm_handler,internal}'::regtype[])
  AND NOT '{internal}'::regtype[] && p.proargtypes::regtype[] AND p.pronargs > 0
  AND p.proname !~ '_to_xml|^ts_stat|^ts_rewrite|^binary_upgrade|^pg_ls_|^pg_input_|^plan|support$'
ORDER BY 1, 2"""


def listed(text):
    return [part.strip('"') for part in text[1:-1].split(",")] if text != "{}" else []


def prepare(session):
    """Makes a table of values for each type; tells the kinds that the server took."""
    session.run("SET client_min_messages = error")
    kinds = {}
    for type_name, values in VALUES.items():
        if type_name == "record":
            continue
        stored = {"cstring": "text"}.get(type_name, type_name)
        array = "[]" if type_name in IN_ARRAYS else ""
        table = f'"values_{type_name}"'
        session.run(f'CREATE TABLE {table} (kind text, size int, v pg_catalog."{stored}"{array})')
        for kind, value in values.items():
            for times in LARGER if "N" in value else LARGER[:1]:
                made = f'({sized(value, times)})::pg_catalog."{stored}"'
                fill = f"INSERT INTO {table} SELECT '{kind}', {times}, {f'ARRAY[{made}]' if array else made}"
                try:
                    session.run(fill)
                    kinds.setdefault(type_name, []).append(kind)
                except (Refused, TimeoutError) as why:
                    print(f"no {kind} {type_name} of size {times}: {why}", flush=True)
                    break
    kinds["record"] = ["1"]
    return {type_name: list(dict.fromkeys(found)) for type_name, found in kinds.items()}


def sized(expression, times):
    """The expression with N and SIZE as they are at that size."""
    out, word = [], ""
    for char in expression + " ":
        if char.isalnum() or char == "_":
            word += char
            continue
        out.append({"N": str(SIZE * times), "SIZE": str(times)}.get(word, word) + char)
        word = ""
    return "".join(out)[:-1]


def argument(type_name, kind, times):
    if type_name == "record":
        return VALUES["record"][kind]
    largest = times if "N" in VALUES[type_name][kind] else 1
    value = "v[1]" if type_name in IN_ARRAYS else "v"
    taken = f"(SELECT {value} FROM \"values_{type_name}\" WHERE kind = '{kind}' AND size = {largest})"
    return f"textout({taken})" if type_name == "cstring" else taken


class Call:
    """A function with kinds of arguments, which becomes a statement for each size."""

    def __init__(self, function, types, kinds, variadic, aggregate):
        self.function, self.types, self.kinds = function, types, kinds
        self.variadic, self.aggregate = variadic, aggregate

    def grows(self):
        return any("N" in VALUES[t][k] for t, k in zip(self.types, self.kinds))

    def sql(self, times):
        if self.aggregate:
            values = [argument(t, k, 1) for t, k in zip(self.types, self.kinds)]
            return f"SELECT count(v) FROM (SELECT {self.function}({', '.join(values)}) AS v FROM generate_series(1, {300 * times}) OFFSET 0) x"
        values = [argument(t, k, times) for t, k in zip(self.types, self.kinds)]
        if self.variadic:
            values[-1] = "VARIADIC " + values[-1]
        return f"SELECT count(*) FROM pg_catalog.\"{self.function}\"({', '.join(values)}) x"

    def __str__(self):
        return f"{self.function}({', '.join(f'{t}: {k}' for t, k in zip(self.types, self.kinds))})"


class Form:
    """Calls that are not written as a function with one value for each argument."""

    def __init__(self, function, expression):
        self.function, self.expression = function, expression

    def grows(self):
        return "N" in self.expression or "SIZE" in self.expression

    def sql(self, times):
        return f"SELECT count(v) FROM (SELECT {sized(self.expression, times)} AS v OFFSET 0) x"

    def __str__(self):
        return self.expression


def calls(function, types, variadic, aggregate, kinds):
    """Ways to call it: each argument's kinds with all of the others' where these are few, else those of the same place."""
    variants = [[STAND_FOR.get(t, t) for t in types]]
    for place, (one, other) in TWICE.items():
        if place in types:
            variants = [[{place: array, "anyelement": ELEMENTS[array], "anycompatible": ELEMENTS[array]}.get(t, STAND_FOR.get(t, t))
                         for t in types] for array in (one, other)]
    for variant in variants:
        if any(t not in kinds for t in variant):
            continue
        for combination in combinations([kinds[t] for t in variant]):
            yield Call(function, variant, combination, variadic, aggregate)


def combinations(choices):
    """All kinds of the first two arguments with the first kinds of the others, and some of the rest."""
    first = [(*two, *(kinds[0] for kinds in choices[2:])) for two in itertools.product(*choices[:2])]
    rest = [one for one in itertools.islice(itertools.product(*choices), 20_000) if one not in set(first)]
    step = max(1, -(-len(rest) // MOST_MORE)) | 1
    return first + rest[::step]


class Tried:
    """The result of a call: its duration, and what ended it if it had to be ended."""

    def __init__(self, seconds, ended_by=None, state=""):
        self.seconds, self.ended_by, self.state = seconds, ended_by, state

    @property
    def listens(self):
        return self.state == "57014" and self.seconds < LATE

    @property
    def is_deaf(self):
        return self.ended_by in ("terminate", "nothing")


class Prober:
    def __init__(self, cluster):
        self.cluster = cluster
        self.connect()

    def connect(self):
        self.session, self.control = self.cluster.connect(), self.cluster.connect()
        self.session.run(f"SET statement_timeout = {int(LIMIT * 1000)}")

    def largest(self, call):
        """With the usual size, and with more while the time grows faster than the size does."""
        before = None
        for times in LARGER:
            tried = self.attempt(call.sql(times))
            if tried.is_deaf or tried.listens or tried.seconds < SLOW or not call.grows():
                return tried
            if before and tried.seconds < before.seconds * 6:
                return tried
            before = tried
        return before

    def attempt(self, sql):
        begin = time.monotonic()
        self.session.send(sql)
        if self.session.speaks_within(PATIENCE):
            state = self.outcome()
            return Tried(time.monotonic() - begin, None, state)
        for way in ("cancel", "terminate"):
            self.control.run(f"SELECT pg_{way}_backend({self.session.pid})")
            if self.session.speaks_within(GRACE):
                self.outcome()
                seconds = time.monotonic() - begin
                return Tried(seconds, way)
        return Tried(time.monotonic() - begin, "nothing")

    def outcome(self):
        try:
            self.session.answer()
            return ""
        except Refused as refused:
            if refused.state.startswith("57P"):
                self.connect()
            return refused.state
        except (ConnectionError, OSError):
            self.connect()
            return "lost"
