"""Everything at once, of both eras, for minutes: good calls and bad, clients that leave and clients that die."""
import asyncio, contextlib, random, time

from client import JSON, LEGACY, Answer, Connection, call, end_session, fields_of, ids, initialize, listen, message
from report import Counts, Part
from server import Server

CLIENTS = 48
TENTHS = 10


async def run(options):
    part = Part(f"Mixed load of both eras for {options.minutes:g} minutes, {CLIENTS} clients")
    async with Server.with_tools(24710) as server:
        load = Load(server.port, options.seed)
        await load.run_for(5)  # the first use of everything: classes, threads, buffers
        threads, descriptors, seen = server.threads(), server.descriptors(), []
        for tenth in range(TENTHS):
            await load.run_for(options.minutes * 60 / TENTHS)
            if tenth in (1, TENTHS - 1):
                seen.append((await server.live_heap(), await server.sessions()))
        (early, few), (late, many) = seen
        part.check(load.counts["wrong"] == 0, "every answer is the right one", load.counts.text())
        for wrong in load.counts.wrong:
            part.check(False, "wrong", wrong)
        part.check(late - early <= (many - few) * 4096 + (1 << 20), "live heap, second tenth to last",
                   f"{early / 1024:,.0f} to {late / 1024:,.0f} KiB; {many - few:+,} sessions that clients left behind")
        part.check(server.threads() <= threads + 2, "threads", f"{threads} before, {server.threads()} after")
        part.check(server.descriptors() <= descriptors + 2, "file descriptors",
                   f"{descriptors} before, {server.descriptors()} after")
        part.check(await server.streams() == 0, "streams left", await server.streams())
    return part


class Load:
    """The actions of the clients, selected at random from one seed."""

    def __init__(self, port, seed):
        self.port, self.counts = port, Counts()
        self.chance = [random.Random(f"{seed}-{number}") for number in range(CLIENTS)]
        self.deeds = {self.calls: 40, self.in_session: 20, self.garbage: 12, self.wrong_fields: 12, self.progress: 8,
                      self.takes_back: 6, self.dies: 6, self.leaves_session: 1, self.listens: 6, self.processes: 8}

    async def run_for(self, seconds):
        """Every client runs one action after another, and finishes the current one when the time is over."""
        end = time.monotonic() + seconds
        await asyncio.gather(*(self.client(chance, end) for chance in self.chance))
        await asyncio.sleep(1)

    async def client(self, chance, end):
        while time.monotonic() < end:
            deed, = chance.choices(list(self.deeds), list(self.deeds.values()))
            try:
                async with asyncio.timeout(30), await Connection.open(self.port) as connection:
                    await deed(connection, chance)
            except Exception as problem:
                self.counts.went_wrong(f"{deed.__name__}: {type(problem).__name__} {problem}")

    def right(self, what, good, saw):
        self.counts[what] += 1
        if not good:
            shown = (saw.status, saw.body[:300]) if isinstance(saw, Answer) else saw
            self.counts.went_wrong(f"{what}: {shown}")

    def echoed(self, what, answer, id, text):
        """The answer is to this very call."""
        good = answer.status == 200 and answer.last().get("id") == id and answer.text() == text
        self.right(what, good, answer)

    async def calls(self, connection, chance):
        for _ in range(chance.randint(1, 20)):
            id, tool = next(ids), chance.choice(["echo", "echo_vt"])
            answer = await connection.ask(call(tool, {"message": f"m{id}"}, id, modern=True), fields_of("tools/call", tool, True))
            self.echoed("modern calls", answer, id, f"m{id}")

    async def in_session(self, connection, chance):
        session = await initialize(connection)
        for _ in range(chance.randint(1, 20)):
            id, tool = next(ids), chance.choice(["echo", "echo_vt"])
            answer = await connection.ask(call(tool, {"message": f"m{id}"}, id), fields_of("", session=session))
            self.echoed("legacy calls", answer, id, f"m{id}")
        self.right("sessions ended", await end_session(connection, session) in (200, 202, 204), "DELETE refused")
        answer = await connection.ask(message("ping", id=1), fields_of("", session=session))
        self.right("ended sessions refused", answer.status == 404, answer)

    async def processes(self, connection, chance):
        """One of fifty documents, so that most results come from the cache."""
        id, number = next(ids), chance.randrange(50)
        arguments = {"data": {"n": number}, "operation": "transform", "options": {"expression": "n * 2"}}
        answer = await connection.ask(call("process_data", arguments, id, True), fields_of("tools/call", "process_data", True))
        good = answer.last()["id"] == id and answer.last()["result"]["structuredContent"]["result"] == number * 2
        self.right("documents transformed", good, answer)

    async def progress(self, connection, chance):
        id, count, modern = next(ids), chance.randint(1, 30), chance.random() < 0.5
        session = None if modern else await initialize(connection)
        body = call("steps", {"message": f"m{id}", "count": count, "bytes": 50}, id, modern, token=f"t{id}")
        answer = await connection.ask(body, fields_of("tools/call", "steps", modern, session))
        self.echoed("calls with progress", answer, id, f"m{id}")
        done = [one["params"]["progress"] for one in answer.messages()[:-1]]
        tokens = {one["params"]["progressToken"] for one in answer.messages()[:-1]}
        self.right("progress streams", done == sorted(set(done)) and len(done) == count and tokens == {f"t{id}"}, (count, done))
        if session:
            await end_session(connection, session)

    async def takes_back(self, connection, chance):
        """A modern client cancels a call by disconnecting, a legacy client by a notification; both receive no answer."""
        id, modern = next(ids), chance.random() < 0.5
        session = None if modern else await initialize(connection)
        connection.post(call("wait", {"message": "never", "millis": 20_000}, id, modern), fields_of("tools/call", "wait", modern, session))
        await asyncio.sleep(chance.random() / 20)
        if modern:
            chance.choice([connection.close, connection.reset])()
            self.counts["modern calls cancelled"] += 1
            return
        async with await Connection.open(self.port) as other:
            fields, answer = fields_of("", session=session), None
            while answer is None:  # it may arrive before the call and then has no effect, so it is sent again
                told = await other.ask(message("notifications/cancelled", {"requestId": id}), fields)
                self.right("cancellations accepted", told.status == 202, told)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.5):
                        answer = await connection.answer()
            self.right("legacy calls cancelled", b"never" not in answer.body, answer)
            await end_session(other, session)

    async def garbage(self, connection, chance):
        body, code = chance.choice(GARBAGE)
        answer = await connection.ask(body, JSON)
        self.right("malformed bodies", answer.status == 400 and answer.code() == code, answer)
        await self.calls(connection, chance)

    async def wrong_fields(self, connection, chance):
        changed, status, code = chance.choice(WRONG_FIELDS)
        id = next(ids)
        fields = {**fields_of("tools/call", "echo", True), **changed}
        body = call("echo", {"message": "m"}, id, modern=True)
        answer = await connection.ask(body, {name: value for name, value in fields.items() if value is not None})
        self.right("wrong fields", answer.status == status and answer.code() == code, (changed, answer.status, answer.body))

    async def dies(self, connection, chance):
        """Sends a part of a request and disconnects."""
        body = call("echo", {"message": "x" * chance.randrange(100_000)}, next(ids), modern=True)
        connection.begin("POST", fields_of("tools/call", "echo", True), len(body))
        connection.send(body[:chance.randrange(len(body) + 1)])
        await asyncio.sleep(chance.random() / 100)
        chance.choice([connection.close, connection.reset])()
        self.counts["clients killed"] += 1

    async def leaves_session(self, connection, chance):
        session = await initialize(connection)
        id = next(ids)
        answer = await connection.ask(call("echo", {"message": f"m{id}"}, id), fields_of("", session=session))
        self.echoed("sessions left behind", answer, id, f"m{id}")

    async def listens(self, connection, chance):
        modern = chance.random() < 0.5
        session = None if modern else await initialize(connection)
        await listen(connection, modern, session)
        await asyncio.sleep(chance.random())
        if session and chance.random() < 0.5:
            async with await Connection.open(self.port) as other:
                await end_session(other, session)
            self.right("streams ended with their session", await connection.rest() == [], "something was said")
        else:
            chance.choice([connection.close, connection.reset])()
            async with await Connection.open(self.port) as other:
                if session:
                    await end_session(other, session)
        self.counts["streams listened to"] += 1


GARBAGE = [
    (b"", -32700),
    (b"{", -32700),
    (b"no json", -32700),
    (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32700),
    (b'{"jsonrpc":"2.0","id":1,"method":"\\ud800"}', -32700),
    (b'{"jsonrpc":"2.0","id":1,"method":"p\xff"}', -32700),
    (b"[" * 100_000 + b"]" * 100_000, -32700),
    (b'{"jsonrpc":"2.0","id":' + b"9" * 1_000_000 + b',"method":"ping"}', -32700),
    (b"null", -32600),
    (b"[]", -32600),
    (b"{}", -32600),
    (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600),
    (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600),
]

WRONG_FIELDS = [
    ({"MCP-Protocol-Version": None}, 400, -32020),
    ({"MCP-Protocol-Version": LEGACY}, 400, -32020),
    ({"Mcp-Method": None}, 400, -32020),
    ({"Mcp-Method": "tools/list"}, 400, -32020),
    ({"Mcp-Name": None}, 400, -32020),
    ({"Mcp-Name": "echo_vt"}, 400, -32020),
    ({"Mcp-Name": "=?base64?!!!!?="}, 400, -32020),
    ({"Content-Type": "text/plain"}, 415, 415),
    ({"Content-Encoding": "gzip"}, 415, 415),
    ({"Origin": "http://localhost.evil.example"}, 403, 403),
    ({"Host": "evil.example"}, 403, 403),
]
