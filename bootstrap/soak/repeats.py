"""The server is killed in the middle of writes. Each call has an idempotency key and is repeated until it has a result: none has a second effect."""
import asyncio, collections, contextlib, random, time

from backends import Postgres, free_port
from client import Connection, Lost, fields_of, ids, message
from report import Part, say
from server import Server

CALLERS = 16
KEY, REPLAYED = "io.breakwater/idempotencyKey", "io.breakwater/idempotentReplay"
LONGEST = 1.5  # seconds of work before a kill
COUNTS = {  # a second save of a document would have version 2, a second user another address
    "documents": "SELECT count(*) FROM breakwater.documents",
    "saved once": "SELECT count(*) FROM breakwater.documents WHERE version = 1",
    "users": "SELECT count(*) FROM breakwater.users",
    "recorded": "SELECT count(*) FROM breakwater.idempotency"}


async def run(options):
    kills = 5 if options.quick else 50
    part = Part(f"The server killed in the middle of writes, {kills} times")
    chance, writes = random.Random(options.seed), Writes()
    async with Postgres.running() as postgres:
        port = free_port()
        settings = [f"store.url={postgres.url('breakwater_store')}"]
        begin = time.monotonic()
        for kill in range(1, kills + 1):
            async with Server.shipped(port, *settings) as server:
                await writes.while_it_lives(server, chance.uniform(0.05, LONGEST))
            say(f"          {kill} of {kills} kills: {len(writes.all):,} writes, {writes.lost:,} lost their response")
        part.check(writes.unfinished(), "kills", f"{kills} in {time.monotonic() - begin:.0f} s, {writes.lost:,} calls lost their response")
        async with Server.shipped(port, *settings) as server:
            await writes.finish(server)
        found = {name: int((await asyncio.to_thread(postgres.sql, sql))[0]) for name, sql in COUNTS.items()}
    done = collections.Counter(write.tool for write in writes.all if write.first)
    part.check(not writes.wrong, "every repeated call has its first result", writes.wrong[:3] or f"{writes.replayed:,} repeated")
    part.check(found["documents"] == found["saved once"] == done["save_data"], "no document was saved twice", f"{found} for {dict(done)}")
    part.check(found["users"] == done["create_user"], "no user was created twice", f"{found['users']:,} users")
    part.check(found["recorded"] == len(writes.all), "each effect has its record", f"{found['recorded']:,}")
    return part


class Write:
    def __init__(self, number):
        self.number, self.first = number, None
        if number % 2:
            self.tool, self.arguments = "create_user", {"name": f"User {number}", "email": f"{number}@example.com"}
        else:
            self.tool, self.arguments = "save_data", {"data_id": f"d{number}", "content": number}


class Writes:
    def __init__(self):
        self.all, self.wrong, self.lost, self.replayed = [], [], 0, 0

    def unfinished(self):
        return [write for write in self.all if not write.first]

    async def while_it_lives(self, server, seconds):
        """New writes and repetitions of old ones, until the server is killed."""
        tasks = [asyncio.create_task(self.work(server.port)) for _ in range(CALLERS)]
        await asyncio.sleep(seconds)
        server.process.kill()
        await asyncio.gather(*tasks)

    async def work(self, port):
        with contextlib.suppress(Lost, OSError):
            async with await Connection.open(port) as connection:
                while True:
                    old = random.choice(self.all) if self.all and random.random() < 0.3 else None
                    await self.attempt(connection, old or self.new())

    def new(self):
        self.all.append(Write(len(self.all)))
        return self.all[-1]

    async def attempt(self, connection, write):
        """False while another call of this write is in progress."""
        params = {"name": write.tool, "arguments": write.arguments, "_meta": {KEY: f"key-{write.number}"}}
        try:
            answer = await connection.ask(message("tools/call", params, next(ids), modern=True), fields_of("tools/call", write.tool, True))
        except (Lost, OSError):
            self.lost += 1
            raise
        result = answer.last()["result"]
        if result.get("isError"):
            if '"CONFLICT"' in answer.text() and "in progress" in answer.text():
                return False
            self.wrong.append(answer.text())
            return True
        self.replayed += result.get("_meta", {}).get(REPLAYED, False)
        if write.first and write.first != result["structuredContent"]:
            self.wrong.append(f"{write.first} and then {result['structuredContent']}")
        write.first = write.first or result["structuredContent"]
        return True

    async def finish(self, server):
        async with await Connection.open(server.port) as connection:
            for write in self.all:
                while not await self.attempt(connection, write):
                    await asyncio.sleep(0.05)
