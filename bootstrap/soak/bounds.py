"""Input that is too large or too slow, and output that is not read: refused in bounded time and memory, without effect on others."""
import asyncio, contextlib, json, os, subprocess, time

from client import Connection, Lost, call, fields_of, ids
from report import Part
from server import OUT, Server, kibibytes, until, with_tools

HEAP = "64m"
MANY = 64
MEBIBYTE = b" " * (1 << 20)
FIELDS = fields_of("tools/call", "echo", modern=True)


async def run(options):
    part = Part(f"Bodies and lines of {options.megabytes:,} MiB, trickles, and clients that do not read; heap of {HEAP}")
    async with Server.with_tools(24730, heap=HEAP) as server:
        await asyncio.gather(*(others(server.port, 2) for _ in range(4)))
        resident = server.resident()
        calm = await others(server.port, 5)
        for case in huge_body, huge_body_in_chunks, slow_bodies, slow_heads, slow_readers, deaf_streams:
            server.forget_peak()
            free = server.descriptors()
            disturbed = asyncio.create_task(others(server.port, None))
            await case(part, server, options)
            disturbed.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await disturbed
            part.check(server.alive() and server.resident(peak=True) < resident + 128, "  resident memory meanwhile",
                       f"{resident:,.0f} MiB before, at most {server.resident(peak=True):,.0f}")
            answered, worst = others.answered, others.worst
            part.check(answered > 0 and worst < 5, "  others meanwhile",
                       f"{answered:,} right answers, the slowest after {worst * 1e3:,.0f} ms ({calm * 1e3:,.0f} in calm)")
            back = await until(lambda: close_to(server, free), 20)
            part.check(back is not None, "  descriptors come back", f"{free} before, {server.descriptors()} after")
    await huge_line(part, options)
    return part


async def close_to(server, free):
    return server.descriptors() <= free + 4


async def others(port, seconds):
    """A well-behaved client in the meantime: its slowest answer in seconds."""
    others.answered, others.worst = 0, 0
    end = time.monotonic() + (seconds or 3_600)
    async with await Connection.open(port) as connection:
        while time.monotonic() < end:
            id, begin = next(ids), time.monotonic()
            answer = await connection.ask(call("echo", {"message": f"m{id}"}, id, modern=True), FIELDS)
            assert answer.text() == f"m{id}", answer.body
            others.answered += 1
            others.worst = max(others.worst, time.monotonic() - begin)
            await asyncio.sleep(0.01)
    return others.worst


async def pour(connection, megabytes, frame=lambda piece: piece):
    """Sends at full speed until all is sent or the server closes; returns the MiB that were accepted."""
    sent = 0
    with contextlib.suppress(OSError):
        for _ in range(megabytes):
            connection.send(frame(MEBIBYTE))
            await connection.writer.drain()
            sent += 1
    return sent


async def refusal(connection):
    """The status, or why there was none."""
    try:
        async with asyncio.timeout(30):
            return (await connection.head())[0]
    except (Lost, TimeoutError) as problem:
        return repr(problem)


async def huge_body(part, server, options):
    async with await Connection.open(server.port) as connection:
        connection.begin("POST", FIELDS, options.megabytes << 20)
        begin = time.monotonic()
        status = await refusal(connection)
        part.check(status == 413, "a declared body is refused before it comes", f"{status} after {time.monotonic() - begin:.2f} s")
        sent = await pour(connection, options.megabytes)
        part.check(sent <= 32, "sent at full speed all the same, it is cut off", f"after {sent} MiB")


async def huge_body_in_chunks(part, server, options):
    async with await Connection.open(server.port) as connection:
        connection.begin("POST", {**FIELDS, "Transfer-Encoding": "chunked"})
        told = asyncio.create_task(refusal(connection))
        sent = await pour(connection, options.megabytes, lambda piece: b"%x\r\n%b\r\n" % (len(piece), piece))
        part.check(await told == 413, "a body of unknown length is refused", await told)
        part.check(sent <= 32, "sent at full speed all the same, it is cut off", f"after {sent} MiB")


async def slow_bodies(part, server, options):
    """A body within bounds at a byte a second, and an endless one at half the speed that is asked for."""
    async def trickle(piece, every):
        async with await Connection.open(server.port) as connection:
            connection.begin("POST", {**FIELDS, "Transfer-Encoding": "chunked"})
            told = asyncio.create_task(refusal(connection))
            begin = time.monotonic()
            with contextlib.suppress(OSError):
                while not told.done():
                    connection.send(b"%x\r\n%b\r\n" % (len(piece), piece))
                    await asyncio.sleep(every)
            return told.result(), time.monotonic() - begin
    for what, piece, every, most in ("a byte a second", b" ", 1, 13), ("2 KiB a second", b" " * 2048, 1, 40):
        ends = await asyncio.gather(*(trickle(piece, every) for _ in range(MANY)))
        statuses, slowest = {status for status, _ in ends}, max(took for _, took in ends)
        part.check(statuses == {408} and slowest < most, f"{MANY} bodies at {what} are given up", f"{statuses}, {slowest:.1f} s at most")


async def slow_heads(part, server, options):
    async def trickle():
        async with await Connection.open(server.port) as connection:
            begin = time.monotonic()
            connection.send(b"POST /mcp HTTP/1.1\r\n")
            told = asyncio.create_task(connection.closed_by_server(60))
            while not told.done():
                connection.send(b"X")
                await asyncio.sleep(1)
            return told.result(), time.monotonic() - begin
    ends = await asyncio.gather(*(trickle() for _ in range(5 * MANY)))
    slowest = max(took for _, took in ends)
    part.check(all(closed for closed, _ in ends) and slowest < 14, f"{5 * MANY} heads at a byte a second are given up", f"{slowest:.1f} s at most")


async def read_slowly(connection):
    """A byte a second, for as long as there is any."""
    with contextlib.suppress(OSError):
        while True:
            await asyncio.sleep(1)
            with contextlib.suppress(BlockingIOError):
                if os.read(connection.socket.fileno(), 1) == b"":
                    return


async def slow_readers(part, server, options):
    """They request a result of the maximum size, and read a byte a second."""
    async def one():
        connection = await Connection.open(server.port, receive_buffer=2048)
        connection.writer.transport.pause_reading()
        connection.post(call("flood", {"bytes": 256 << 10}, next(ids), modern=True), fields_of("tools/call", "flood", True))
        return connection
    free = server.descriptors()
    await cut_off(part, server, free, [await one() for _ in range(MANY)], f"{MANY} clients that read a byte a second of 256 KiB")


async def deaf_streams(part, server, options):
    """They request twenty thousand progress reports of a KiB, and read a byte a second."""
    async def one():
        connection = await Connection.open(server.port, receive_buffer=2048)
        connection.writer.transport.pause_reading()
        body = call("steps", {"message": "m", "count": 20_000, "bytes": 1_024}, next(ids), modern=True, token="t")
        connection.post(body, fields_of("tools/call", "steps", modern=True))
        return connection
    free = server.descriptors()
    await cut_off(part, server, free, [await one() for _ in range(MANY)], f"{MANY} streams of 20 MiB that are read a byte a second")
    part.check(await server.streams() == 0, "  streams left", await server.streams())


async def cut_off(part, server, free, connections, what):
    """Checked at the server, because a client that reads so slowly notices the end only after a long time."""
    reading = [asyncio.create_task(read_slowly(connection)) for connection in connections]
    async def all_there():
        return server.descriptors() >= free + MANY
    held = await until(all_there, 10)
    took = await until(lambda: close_to(server, free), 60)
    part.check(held is not None and took is not None, f"{what} are cut off", f"all gone after {took or 60:.0f} s")
    for task, connection in zip(reading, connections):
        task.cancel()
        connection.writer.transport.abort()


async def huge_line(part, options):
    """On stdio: refused with an error, and the next line is answered."""
    with open(OUT / "stdio.log", "w") as log:
        process = await asyncio.create_subprocess_exec(*map(str, with_tools("stdio", heap=HEAP)), stdin=subprocess.PIPE,
                                                       stdout=subprocess.PIPE, stderr=log)
    process.stdin.write(call("echo", {"message": "before"}, 1, modern=True) + b"\n")
    first = json.loads(await process.stdout.readline())
    resident = kibibytes(process.pid, "VmRSS") / 1024
    for _ in range(options.megabytes):
        process.stdin.write(MEBIBYTE)
        await process.stdin.drain()
    process.stdin.write(b"\n" + call("echo", {"message": "after"}, 2, modern=True) + b"\n")
    error, second = [json.loads(await process.stdout.readline()) for _ in range(2)]
    peak = kibibytes(process.pid, "VmHWM") / 1024
    process.stdin.close()
    code = await process.wait()
    part.check(error["error"]["code"] == -32700 and "id" not in error, "stdio: the line is a parse error", error["error"])
    part.check(first["id"] == 1 and second["result"]["content"][0]["text"] == "after", "stdio: the next line is answered", second["id"])
    part.check(peak < resident + 64 and code == 0, "stdio: resident memory", f"{resident:,.0f} MiB before, at most {peak:,.0f}; exit code {code}")
