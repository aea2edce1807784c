"""Loads that fill a heap, one by one and all at once: the process survives, and every call gets an answer or a 503."""
import asyncio, collections, contextlib, time

from client import Connection, Lost, call, fields_of, ids, listen
from report import Part
from server import Server

HEAP, SMALL_HEAP = "256m", "64m"
PORT = 24790
MEGABYTE = 1_000_000
PIECE = b" " * 65_536
PATIENCE = 120
ATTACKERS = [f"127.0.0.{i}" for i in range(11, 19)]
BYSTANDER = "127.0.0.9"


async def run(options):
    part = Part(f"Bodies, trees, results and streams that exceed a heap of {HEAP}, and small calls in {SMALL_HEAP}")
    many = 10 if options.quick else 1
    async with Server.with_tools(PORT, heap=HEAP) as server:
        cases = [
            (f"{500 // many:,} unfinished bodies of 1 MB", unfinished(500 // many)),
            (f"{2_000 // many:,} unfinished bodies of 1 MB", unfinished(2_000 // many)),
            (f"{50 // many} parallel arrays of 1 MB", documents(50 // many, array("1"))),
            (f"{300 // many} parallel arrays of 1 MB", documents(300 // many, array("1"))),
            (f"{300 // many} parallel arrays of 1 MB of numbers", documents(300 // many, array("12"))),
            (f"{50 // many} times 1 MB of empty objects", documents(50 // many, array("{}"))),
            (f"{200 // many} readers of 1 MB at 1 KB/s", slow_readers(200 // many)),
            (f"{5_000 // many:,} idle streams", idle_streams(5_000 // many)),
        ]
        for one_address in (True, False):
            where = "one address" if one_address else f"{len(ATTACKERS)} addresses"
            for what, case in cases:
                await watched(part, server, f"{what}, {where}", case, one_address)
        await watched(part, server, "all of these at once", together([case for _, case in cases]), False)
        part.check(server.alive(), "the process lives", f"{server.resident():,.0f} MiB resident")
        await given_back(part, server)
    async with Server.with_tools(PORT + 1, heap=SMALL_HEAP) as server:
        await small_calls(part, server)
        await watched(part, server, f"{SMALL_HEAP}: 300 parallel arrays of 1 MB", documents(300 // many, array("1")), False)
        await small_calls(part, server)
    return part


async def watched(part, server, what, case, one_address):
    """Runs a case while another caller sends small requests."""
    if not server.alive():
        part.check(False, what, "the process is gone")
        return
    server.forget_peak()
    seen, others = collections.Counter(), collections.Counter()
    bystander = asyncio.create_task(ask_on(server.port, others))
    begin = time.monotonic()
    try:
        await case(server.port, ATTACKERS[:1] if one_address else ATTACKERS, seen)
    except (Lost, OSError) as problem:
        seen[repr(problem)] += 1
    bystander.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await bystander
    good = server.alive() and not set(seen) - {"200", "413", "408", "503", "held"}
    part.check(good, what, f"{told(seen)}; {time.monotonic() - begin:.0f} s, {server.resident(peak=True):,.0f} MiB resident at most")
    part.check(others["200"] > 0 and not set(others) - {"200", "503"}, "  another caller meanwhile", told(others))


def told(counts):
    return ", ".join(f"{count:,} x {what}" for what, count in sorted(counts.items()))


async def ask_on(port, seen):
    """A caller with small requests, on a connection that is reopened when it is lost."""
    while True:
        try:
            async with await open_from(port, BYSTANDER) as connection:
                while True:
                    answer = await connection.ask(call("echo", {"message": "m"}, next(ids), modern=True), FIELDS)
                    seen[str(answer.status)] += 1
                    await asyncio.sleep(0.05)
        except (Lost, OSError):
            seen["lost"] += 1
            await asyncio.sleep(0.05)


FIELDS = fields_of("tools/call", "echo", modern=True)


async def open_from(port, address, **more):
    return await Connection.open(port, source=address, **more)


def array(element):
    """A call whose arguments contain an array of a megabyte in addition to those of the tool."""
    text = ",".join([element] * (MEGABYTE // (len(element) + 1)))
    whole = call("echo", {"message": "m", "more": "MORE"}, 1, modern=True)
    return whole.replace(b'"MORE"', f"[{text}]".encode())


def unfinished(count):
    async def case(port, addresses, seen):
        connections = []
        async def one(i):
            connection = await open_from(port, addresses[i % len(addresses)])
            connections.append(connection)
            connection.begin("POST", FIELDS, MEGABYTE)
            head = asyncio.create_task(connection.head())
            with contextlib.suppress(OSError):
                for _ in range(MEGABYTE // len(PIECE)):
                    connection.send(PIECE)
                    await asyncio.wait({asyncio.ensure_future(connection.writer.drain()), head}, return_when=asyncio.FIRST_COMPLETED)
                    if head.done():
                        break
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(10):
                    seen[str((await head)[0])] += 1
                    return
            seen["held"] += 1
        await asyncio.gather(*(attempt(one(i), seen) for i in range(count)))
        for connection in connections:
            connection.writer.transport.abort()
    return case


async def attempt(one, seen):
    try:
        async with asyncio.timeout(PATIENCE):
            await one
    except TimeoutError:
        seen["no answer"] += 1
    except (Lost, OSError) as problem:
        seen[type(problem).__name__] += 1


def documents(count, body):
    async def case(port, addresses, seen):
        async def one(i):
            async with await open_from(port, addresses[i % len(addresses)]) as connection:
                answer = await connection.ask(body, FIELDS)
                assert answer.status != 503 or "retry-after" in answer.fields, answer.fields
                seen[str(answer.status)] += 1
        await asyncio.gather(*(attempt(one(i), seen) for i in range(count)))
    return case


def slow_readers(count):
    async def case(port, addresses, seen):
        async def one(i):
            connection = await open_from(port, addresses[i % len(addresses)], receive_buffer=4_096)
            try:
                connection.post(call("flood", {"bytes": MEGABYTE}, next(ids), modern=True), fields_of("tools/call", "flood", True))
                status, _ = await connection.head()
                seen[str(status)] += 1
                with contextlib.suppress(Lost, OSError):
                    for _ in range(20):
                        await connection.reader.read(1_000)
                        await asyncio.sleep(1)
            finally:
                connection.writer.transport.abort()
        await asyncio.gather(*(attempt(one(i), seen) for i in range(count)))
    return case


def idle_streams(count):
    async def case(port, addresses, seen):
        connections = []
        async def one(i):
            connection = await open_from(port, addresses[i % len(addresses)], receive_buffer=4_096)
            connections.append(connection)
            try:
                await listen(connection, modern=True)
                seen["200"] += 1
            except AssertionError as refused:
                seen[str(refused).split()[-1]] += 1
        for begin in range(0, count, 100):
            await asyncio.gather(*(attempt(one(i), seen) for i in range(begin, min(count, begin + 100))))
        await asyncio.sleep(5)
        for connection in connections:
            connection.writer.transport.abort()
    return case


def together(cases):
    async def case(port, addresses, seen):
        await asyncio.gather(*(case(port, addresses, seen) for case in cases))
    return case


async def given_back(part, server):
    """The budget returns to the weight of the request itself."""
    least = None
    for _ in range(100):
        try:
            used = (await server.figures())["mcp_memory_bytes"]
            least = used if least is None else min(least, used)
        except (Lost, KeyError):
            pass
        if least is not None and least < 64 << 10:
            break
        await asyncio.sleep(0.5)
    part.check(least is not None and least < 64 << 10, "the budget is given back", f"{least:,.0f} bytes, those of the question" if least is not None else "no answer")


async def small_calls(part, server):
    seen = collections.Counter()
    async def one(address):
        async with await open_from(server.port, address) as connection:
            for _ in range(50):
                answer = await connection.ask(call("echo", {"message": "m"}, next(ids), modern=True), FIELDS)
                seen[str(answer.status)] += 1
    await asyncio.gather(*(attempt(one(ATTACKERS[i % len(ATTACKERS)]), seen) for i in range(32)))
    part.check(seen == {"200": 1_600}, f"{SMALL_HEAP}: small calls, 32 at a time", told(seen))
