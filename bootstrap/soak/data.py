"""A million mixed calls of the data layer on two replicas, while PostgreSQL and Redis are killed, frozen and restarted."""
import asyncio, contextlib, random, time

from caller import DEADLINE, GRACE, HUNG, Caller
from deeds import PAGE, Deeds, schema
from replicas import Apart, lines_of, replicas
from report import Counts, Part, say
from server import until
from troubles import Chaos
from truth import Documents, Users, Wrong

REPLICAS, CLIENTS, DOCUMENTS, SHARED_USERS = 2, 32, 200, 5
TABLES = ["shop.orders", "shop.products", "shop.reviews", "monthly_sales", "shop.nothing"]
MOST = {"breakwater_reader": 20 * REPLICAS, "breakwater_store": 20 * REPLICAS, "redis": (16 + 1) * REPLICAS}
SETTINGS = [  # results end soon, so that caches turn over; health says what becomes of its dependencies, and nothing else
    f"limits.deadline={DEADLINE}s", "cache.ttl=20s", "cache.stale-if-error=20s", "cache.entries=2000", f"database.limits.rows={PAGE}",
    "health.interval=1s", "health.timeout=1s", "health.freshness=100ms", "health.cpu=100%", "health.error-rate=100%",
    "health.unhealthy-rate=100%"]


async def run(options):
    part = Part(f"{options.calls:,} mixed calls of the data layer on {REPLICAS} replicas, {CLIENTS} clients, amid troubles")
    async with replicas(REPLICAS, *SETTINGS) as (postgres, redis, servers):
        load = Load(options, postgres, redis, servers)
        await until(load.chaos.all_healthy, 30)
        await load.begin()
        await load.until_calls(options.calls // 4, rounds=0 if options.quick else 1)
        early = [await measures(server) for server in servers]
        await load.until_calls(options.calls, rounds=1)
        report(part, load)
        await last_look(part, load, early)
    return part


class Load:
    """The clients, the failures and the counter of connections, all from one seed."""

    def __init__(self, options, postgres, redis, servers):
        self.options, self.postgres, self.redis, self.servers = options, postgres, redis, servers
        self.counts, self.most, self.latest = Counts(), dict.fromkeys(MOST, 0), 0
        self.chaos = Chaos(random.Random(f"{options.seed}-troubles"), {"PostgreSQL": postgres, "Redis": redis}, servers)
        self.apart = Apart(self.chaos.illness["Redis"], servers)
        self.documents, self.users, self.shared, self.schemas = Documents(DOCUMENTS, REPLICAS, self.apart), Users(), [], {}
        self.clients = [self.client(random.Random(f"{options.seed}-{number}")) for number in range(CLIENTS)]

    def client(self, chance):
        caller = Caller([server.port for server in self.servers], chance, self.counts, self.chaos.spells["PostgreSQL"], self.error_after)
        return Deeds(caller, chance, self.documents, self.users, self.shared, self.schemas)

    def error_after(self, seconds):
        """The latest error after PostgreSQL was available again."""
        self.latest = max(self.latest, seconds)

    async def begin(self):
        """Creates the data that all clients read."""
        first = self.clients[0]
        for table in TABLES:
            said = await first.caller.ask("get_table_schema", {"table_name": table}, ["NOT_FOUND"])
            self.schemas[table] = schema(said)
        for id in self.documents.ids:
            content = self.documents.fresh(id, 10)
            said = await first.caller.ask("save_data", {"data_id": id, "content": content})
            self.documents.saved(id, said.value["version"], content, 0, said.replica, said.end)
        for _ in range(SHARED_USERS):
            said = await first.creates()
            self.shared.append(said.value["user"]["user_id"])
        first.mine.clear()
        await asyncio.sleep(1)

    async def until_calls(self, calls, rounds):
        """Runs this number of calls and at least this number of rounds of all failures; then everything is healthy again."""
        chaos, census = asyncio.create_task(self.chaos.run()), asyncio.create_task(self.census())
        try:
            await asyncio.gather(*(self.work(client, lambda: self.counts["calls"] < calls or self.chaos.rounds < rounds)
                                   for client in self.clients))
        finally:
            for task in chaos, census:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        say(f"  {self.counts['calls']:,} calls")

    async def work(self, client, goes_on):
        while goes_on():
            try:
                await client.one()
            except Wrong as wrong:
                self.counts.went_wrong(str(wrong))
            except OSError as problem:
                self.counts.went_wrong(f"no connection: {problem}")
                await asyncio.sleep(0.1)
        client.caller.close()

    async def census(self):
        """Counts the connections, except while they are being replaced."""
        while True:
            await asyncio.sleep(1)
            with contextlib.suppress(OSError, TimeoutError, EOFError):
                now = time.monotonic()
                roles, redis = await self.postgres.connections(), await self.redis.connections()
                if not any(spells.near(now, time.monotonic(), GRACE) for spells in self.chaos.spells.values()):
                    for name, count in ("redis", redis), *((role, all) for role, (all, busy) in roles.items()):
                        self.most[name] = max(self.most[name], count)


async def measures(server):
    return await server.live_heap(), server.threads(), server.descriptors()


def report(part, load):
    chaos, counts = load.chaos, load.counts
    part.check(counts["wrong"] == 0, "every answer is the right one, or an honest error while PostgreSQL was away", counts.text())
    for wrong in counts.wrong:
        part.check(False, "wrong", wrong)
    part.check(sum(chaos.counts.values()) >= 10, "troubles", ", ".join(f"{count} × {name}" for name, count in sorted(chaos.counts.items())))
    slowest = max(client.caller.slowest for client in load.clients)
    part.check(slowest <= DEADLINE + HUNG, "the slowest call", f"{slowest:.1f} s; the deadline is {DEADLINE} s")
    part.check(load.latest <= GRACE, "the latest error after PostgreSQL answered again", f"{max(0, load.latest):.1f} s")
    part.check(not chaos.unseen and chaos.seen, "health went to degraded on both replicas", f"{chaos.seen} times{told(chaos.unseen, 'not')}")
    slowest, what = max(chaos.recoveries)
    part.check(not chaos.stuck, "health went back to healthy", f"{slowest:.1f} s at most, after {what}{told(chaos.stuck, 'not')}")
    load.apart.look()
    part.check(load.apart.unprovoked() <= chaos.rounds, "Redis was left alone although nothing had befallen it",
               f"{load.apart.unprovoked()} times of {len(load.apart.alone)}")
    for name, most in MOST.items():
        part.check(0 < load.most[name] <= most, f"connections of {name}", f"at most {load.most[name]}, {most} allowed")


def told(names, word):
    return f"; {word} after {', '.join(names)}" if names else ""


async def last_look(part, load, early):
    async def nobody_works():
        return all(busy == 0 for _, busy in (await load.postgres.connections()).values())
    took = await until(nobody_works, 15)
    part.check(took is not None, "statements of calls that were cancelled have ended", await load.postgres.connections())
    lost = lost_documents(load) + lost_users(load)
    part.check(not lost, "whatever was acknowledged is in the tables", f"{len(load.documents.ids)} documents,"
               f" {len(load.users.acknowledged):,} users{told(lost, 'not')}")
    rows = load.postgres.sql("SELECT (SELECT count(*) FROM shop.orders), (SELECT count(*) FROM shop.products)")
    part.check(rows == ["24000|600"], "the shop is as it was", rows)
    for number, (server, before) in enumerate(zip(load.servers, early), 1):
        heap, threads, descriptors = await measures(server)
        part.check(heap - before[0] <= 4 << 20, f"replica {number}: live heap, a quarter of the calls to last",
                   f"{before[0] / 1024:,.0f} to {heap / 1024:,.0f} KiB")
        part.check(threads <= before[1] + 4, f"replica {number}: threads", f"{before[1]} to {threads}")
        part.check(descriptors <= before[2] + 40, f"replica {number}: file descriptors", f"{before[2]} to {descriptors}")
        part.check(lines_of(server, "unexpected exception") == 0, f"replica {number}: unexpected failures",
                   lines_of(server, "unexpected exception"))


def lost_documents(load):
    rows = load.postgres.sql("SELECT id, version, content ->> 'token' FROM breakwater.documents")
    table = {id: (int(version), int(token)) for id, version, token in (row.split("|") for row in rows)}
    return [id for id, least in load.documents.acknowledged.items() if table[id][0] < least
            or load.documents.content[id].get(table[id][0], table[id][1]) != table[id][1]]


def lost_users(load):
    rows = load.postgres.sql("SELECT id, version, name FROM breakwater.users")
    table = {int(id): (int(version), name) for id, version, name in (row.split("|") for row in rows)}
    return [f"user {id}" for id, least in load.users.acknowledged.items() if id not in table or table[id][0] < least
            or load.users.names[id].get(*table[id]) != table[id][1]]
