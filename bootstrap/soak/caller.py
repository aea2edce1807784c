"""A client of several replicas that checks every answer against the clock and the failures of PostgreSQL."""
import asyncio, contextlib, json, time

from client import Connection, Lost, call, fields_of, ids
from truth import Wrong

DEADLINE = 10  # seconds; limits.deadline of the servers
HUNG = 2  # seconds beyond the deadline
GRACE = 5  # seconds after PostgreSQL answers again in which errors are still forgiven: store.retry-after (2 s) and a look
WAITS = 0.25  # the maximum seconds that a client waits before it retries, whatever the server says


class Said:
    """An answer: a value or an error."""
    __slots__ = ("value", "error", "begin", "end", "replica")

    def __init__(self, value, error, begin, end, replica):
        self.value, self.error, self.begin, self.end, self.replica = value, error, begin, end, replica

    def code(self):
        return self.error["code"] if self.error else None


class Caller:
    def __init__(self, ports, chance, counts, postgres, latest):
        self.ports, self.chance, self.counts, self.postgres, self.latest = ports, chance, counts, postgres, latest
        self.connections, self.slowest = [None] * len(ports), 0

    async def open(self, replica):
        connection = self.connections[replica]
        if connection is None or connection.told_to_go:
            connection = self.connections[replica] = await Connection.open(self.ports[replica])
        return connection

    def close(self):
        for connection in filter(None, self.connections):
            connection.close()
        self.connections = [None] * len(self.ports)

    async def ask(self, tool, arguments, expected=(), replica=None):
        """The result of a tool; None for a failure with a true and permitted reason. Everything else is wrong."""
        replica = self.chance.randrange(len(self.ports)) if replica is None else replica
        connection, id, begin = await self.open(replica), next(ids), time.monotonic()
        connection.post(call(tool, arguments, id, modern=True), fields_of("tools/call", tool, modern=True))
        try:
            async with asyncio.timeout(DEADLINE + HUNG):
                answer = await connection.answer()
        except (Lost, TimeoutError) as problem:
            self.drop(replica)
            raise Wrong("hung" if isinstance(problem, TimeoutError) else f"no answer: {problem}") from None
        self.counts["calls"] += 1
        said = self.read(answer, id, begin, replica)
        self.slowest = max(self.slowest, said.end - said.begin)
        if said.error and said.code() not in expected:
            await self.forgive(said)
            return None
        return said

    def read(self, answer, id, begin, replica):
        last = answer.last()
        if last.get("id") != id or "result" not in last:
            raise Wrong(f"{answer.status} {answer.body[:300]}")
        result = last["result"]
        error = json.loads(result["content"][0]["text"])["error"] if result.get("isError") else None
        return Said(result.get("structuredContent"), error, begin, time.monotonic(), replica)

    async def forgive(self, said):
        """Only while PostgreSQL is down a call may fail, if it says when to retry."""
        code, retry = said.code(), said.error.get("retryAfterMs", 0)
        near = self.postgres.near(said.begin, said.end, GRACE)
        frozen = any(spell.frozen for spell in near)  # those who wait for it hold all connections: it looks like a busy one
        honest = code == "EXTERNAL_ERROR" and retry > 0 or frozen and (code == "TIMEOUT" or code == "OVERLOADED" and retry > 0)
        if not near or not honest:
            raise Wrong(f"{said.error}, {'while PostgreSQL was away' if near else 'although PostgreSQL was there'}")
        self.counts[f"{code} while PostgreSQL was away"] += 1
        self.latest(said.begin - max(spell.end for spell in near))
        await asyncio.sleep(self.chance.random() * min(retry / 1000, WAITS))

    async def abandon(self, tool, arguments, seconds):
        """Sends a request, and disconnects before the answer arrives."""
        replica = self.chance.randrange(len(self.ports))
        connection = await self.open(replica)
        connection.post(call(tool, arguments, next(ids), modern=True), fields_of("tools/call", tool, modern=True))
        self.counts["calls"] += 1
        await asyncio.sleep(seconds)
        self.drop(replica)

    def drop(self, replica):
        connection, self.connections[replica] = self.connections[replica], None
        with contextlib.suppress(OSError):
            self.chance.choice([connection.close, connection.reset])()
