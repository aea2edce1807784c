"""
An instance of the service of `services`, in a process of its own. It answers GET /values/{value} with the value, and has
one effect for POST /effects, which the ledger of the test records: once for each Idempotency-Key, also if several instances
get requests with the key. It speaks HTTP by hand, so that it can fail at any byte. The ledger tells it how to behave.
"""
import asyncio, json, random, socket, struct, sys

LONGEST = 3  # seconds that a slow instance takes; attempt-timeout is 10
SHARE = 0.25  # of the requests, which an instance refuses or resets: often too few in succession for the breaker


class Reset(Exception):
    """The connection must be reset."""


class Instance:
    def __init__(self, number, seed):
        self.number, self.chance = number, random.Random(f"{seed}-instance-{number}")
        self.behavior, self.waiting, self.asked = "normal", {}, 0

    async def run(self, port, ledger):
        """Runs until the ledger closes its connection."""
        reader, self.ledger = await asyncio.open_connection("127.0.0.1", ledger)
        self.tell({"instance": self.number})
        async with await asyncio.start_server(self.serve, "127.0.0.1", port, backlog=512):
            while line := await reader.readline():
                told = json.loads(line)
                if "behavior" in told:
                    self.behavior = told["behavior"]
                else:
                    self.waiting.pop(told["id"]).set_result(told["value"])

    def tell(self, what):
        self.ledger.write(json.dumps(what).encode() + b"\n")

    async def effect(self, value, key):
        """Has the effect, unless an earlier request with the key had it; returns the value of the request that had it."""
        self.asked += 1
        self.waiting[self.asked] = asyncio.get_running_loop().create_future()
        self.tell({"id": self.asked, "value": value, "key": key})
        return await self.waiting[self.asked]

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                verb, path, _ = head[0].split(" ")
                fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in head[1:] if line)}
                body = await reader.readexactly(int(fields.get("content-length", 0)))
                await self.respond(writer, verb, path, fields, body)
        except (asyncio.IncompleteReadError, OSError):
            writer.close()
        except Reset:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    async def respond(self, writer, verb, path, fields, body):
        """Health checks succeed in any case: they reveal only that an instance is down or frozen."""
        if path == "/health":
            self.send(writer, 200, {"status": "up"})
        else:
            await self.behave(writer, verb, path, fields, body)

    async def behave(self, writer, verb, path, fields, body):
        fails, chance = self.chance.random() < SHARE, self.chance.random()
        if self.behavior == "slow":
            await asyncio.sleep(LONGEST * chance)
        if self.behavior == "refusing" and fails:
            if chance < 0.5:  # the effect happens, as when a proxy has given up waiting
                await self.reply(verb, path, fields, body)
            self.send(writer, 503, {"error": "Come back later."}, {"Retry-After": "1"})
        elif self.behavior == "resetting" and fails:
            if chance > 0.3:
                said = await self.reply(verb, path, fields, body)
                if chance > 0.6:
                    self.send(writer, 200, said, cut=True)
                    await asyncio.sleep(0.01)  # the first part leaves before the reset
            raise Reset
        else:
            self.send(writer, 200, await self.reply(verb, path, fields, body))

    async def reply(self, verb, path, fields, body):
        if verb == "GET":
            value = path.rsplit("/", 1)[1]
        else:
            value = await self.effect(json.loads(body)["value"], fields.get("idempotency-key"))
        return {"value": value, "repeated": value * (int(value) % 200)}

    def send(self, writer, status, said, fields=(), cut=False):
        body = json.dumps(said).encode()
        lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", f"Content-Length: {len(body)}",
                 *(f"{name}: {value}" for name, value in dict(fields).items())]
        data = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        writer.write(data[:self.chance.randrange(1, len(data))] if cut else data)


if __name__ == "__main__":
    number, port, ledger, seed = sys.argv[1:]
    asyncio.run(Instance(int(number), seed).run(int(port), int(ledger)))
