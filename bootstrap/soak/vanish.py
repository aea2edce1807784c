"""Thousands of listening clients that disconnect without notice: their slots, descriptors and memory are released."""
import asyncio, time

from client import Connection, initialize, listen
from report import Part
from server import Server, until

HEARTBEAT = 15  # seconds; http.streams.keep-alive as shipped


async def run(options):
    part = Part(f"{options.streams:,} listening clients that disconnect without notice")
    async with Server.shipped(24720) as server:
        heap, descriptors, threads = await server.live_heap(), server.descriptors(), server.threads()
        for way, how in ("RST", Connection.reset), ("FIN", Connection.close), ("frozen", Connection.freeze):
            await kill_all(part, server, options.streams, way, how)
        part.check(server.threads() <= threads + 4, "threads", f"{threads} before, {server.threads()} after")
        kept, sessions = await server.live_heap() - heap, await server.sessions()
        part.check(kept <= sessions * 4096 + (4 << 20), "heap after a full collection",
                   f"{kept / 1024:+,.0f} KiB; {sessions:,} sessions wait for their idle time to pass")
        part.check(server.descriptors() <= descriptors + 2, "file descriptors",
                   f"{descriptors} before, {server.descriptors()} after")
    return part


async def kill_all(part, server, count, way, how):
    free = server.descriptors()
    clients = await open_all(server.port, count)
    held = await server.streams()
    part.check(held == count, f"{way}: open at the same time", f"{held:,} streams, {server.descriptors():,} descriptors")
    begin = time.monotonic()
    for client in clients:
        how(client)
    async def gone():
        return await server.streams() == 0 and server.descriptors() <= free + 2
    await until(gone, 4 * HEARTBEAT)
    took = time.monotonic() - begin
    left = await server.streams()
    part.check(left == 0 and took <= 2 * HEARTBEAT + 1, f"{way}: slots and descriptors back within two heartbeats",
               f"{took:.1f} s, {left} streams left")
    for client in clients:
        client.writer.transport.abort()


async def open_all(port, count):
    """Half of them listen in separate sessions, half with subscriptions."""
    slots = asyncio.Semaphore(64)

    async def one(number):
        async with slots:
            connection = await Connection.open(port)
            modern = number % 2 == 0
            return await listen(connection, modern, None if modern else await initialize(connection))
    return await asyncio.gather(*(one(number) for number in range(count)))
