"""A million idempotency keys that are kept for a minute: the table stays as large as the keys of a minute, and the heap is flat."""
import asyncio, time

from backends import Postgres
from growth import Memory, flat
from load import loading
from report import Part
from server import Server

PORT = 24797
HEAP = "256m"
RETENTION = 60  # seconds, the minimum
FRESH = 1_000_000_000  # calls with higher numbers have keys of their own
REMEMBERED = {"principals": "io.breakwater.port.Principal"}
TABLE = ("SELECT count(*), count(*) FILTER (WHERE expires_at <= now()), pg_total_relation_size('breakwater.idempotency') / 1024"
         " FROM breakwater.idempotency")


class HastyPostgres(Postgres):
    """Acknowledges before the disk has the commit: the speed of the disk is not what this part is about."""

    def command(self):
        return [*super().command(), "-c", "synchronous_commit=off"]


async def run(options):
    part = Part(f"{options.calls:,} idempotency keys in turn, kept for {RETENTION} s, without waiting for the disk; heap of {HEAP}")
    async with loading("KeyLoad", PORT) as load, HastyPostgres.running() as postgres:
        settings = [f"store.url={postgres.url('breakwater_store')}", f"idempotency.retention={RETENTION}s"]
        async with Server.with_tools(PORT, *settings, heap=HEAP) as server:
            table = Table(postgres)
            await flat(part, Memory(server, REMEMBERED), load, "calls, each with a key", "distinct idempotency_key", {"200"},
                       options.calls, table.look)
            await effects(part, postgres, server, options.calls)
            part.check(table.is_bounded(), "  rows, those of the calls of a minute", table.told())
            await emptied(part, table, load)
    return part


async def effects(part, postgres, server, count):
    versions = int((await asyncio.to_thread(postgres.sql, "SELECT sum(version) FROM breakwater.documents"))[0])
    figures = await server.figures()
    executed = sum(value for name, value in figures.items() if name.startswith("mcp_idempotent_calls_total") and "executed" in name)
    part.check(versions == count // 2, "  documents were saved once for each call", f"{versions:,} versions")
    part.check(executed == count, "  calls that were executed", f"{executed:,.0f}")


async def emptied(part, table, load):
    """A call deletes up to 20 expired rows."""
    await asyncio.sleep(RETENTION + 1)
    left, _, _ = await table.read()
    calls = left // 10 + 100
    await load.send("distinct idempotency_key", FRESH, FRESH + calls)
    rows, expired, size = await table.read()
    part.check(expired == 0 and rows == calls, f"  after another minute, {calls:,} calls delete the expired rows",
               f"{left:,} rows before; {rows:,} of these calls after, {size:,} KiB")


class Table:
    """The table of the keys, after each step."""

    def __init__(self, postgres):
        self.postgres, self.samples = postgres, [(time.monotonic(), 0, 0, 0, 0)]

    async def read(self):
        rows, expired, size = (await asyncio.to_thread(self.postgres.sql, TABLE))[0].split("|")
        return int(rows), int(expired), int(size)

    async def look(self, calls):
        self.samples.append((time.monotonic(), calls, *await self.read()))

    def is_bounded(self):
        """Whether there were never more valid rows than calls in the latest minute, and few that had expired."""
        most = max(rows for _, _, rows, _, _ in self.samples)
        return all(rows - expired <= calls - self.before(when - RETENTION) and expired <= most / 10
                   for when, calls, rows, expired, _ in self.samples)

    def before(self, when):
        """The calls of the steps that had ended at a time."""
        return max((calls for end, calls, *_ in self.samples if end <= when), default=0)

    def told(self):
        _, _, rows, expired, size = self.samples[-1]
        most = max(sample[3] for sample in self.samples)
        largest = max(sample[4] for sample in self.samples)
        return (f"{rows:,} at the end, at most {max(sample[2] for sample in self.samples):,}; expired and not deleted at most {most:,};"
                f" {size:,} KiB, at most {largest:,}")
