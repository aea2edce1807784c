"""SIGTERM under load: every request that was accepted is answered, streams end gracefully, the exit code is 0."""
import asyncio, json, random, subprocess, time

from client import Connection, Lost, call, fields_of, ids, initialize, listen, message
from report import Counts, Part
from server import OUT, Server, with_tools

CONNECTIONS = 64
SUBSCRIPTIONS = 8


async def run(options):
    part = Part(f"SIGTERM under a load of {CONNECTIONS} connections, {options.rounds} times")
    chance, counts = random.Random(options.seed), Counts()
    codes, slowest = [], 0
    for number in range(options.rounds):
        kind = Server.shipped if number % 2 == 0 else Server.with_tools
        async with kind(24740 + number) as server:
            took, code = await one_round(server, chance, counts, number % 2 == 1)
            codes.append(code)
            slowest = max(slowest, took)
    part.check(counts["wrong"] == 0, "every request that was sent is answered, and rightly", counts.text())
    for wrong in counts.wrong:
        part.check(False, "wrong", wrong)
    part.check(codes == [0] * options.rounds, "exit code", f"{set(codes)}, at most {slowest:.1f} s after the signal")
    counts = Counts()
    codes = [await on_stdio(chance, counts) for _ in range(options.rounds)]
    part.check(counts["wrong"] == 0, "stdio: every call in flight is answered", counts.text())
    part.check(codes == [0] * options.rounds, "stdio: exit code", set(codes))
    return part


async def one_round(server, chance, counts, slow_tools):
    """Clients send requests until the server closes their connections; the signal arrives meanwhile."""
    streams = [await listening(server.port, number % 2 == 0) for number in range(2 * SUBSCRIPTIONS)]
    ends = [asyncio.create_task(ends_well(*stream, counts)) for stream in streams]
    clients = [asyncio.create_task(asks_until_told_to_go(server, random.Random(chance.random()), counts, slow_tools))
               for _ in range(CONNECTIONS)]
    await asyncio.sleep(1 + chance.random())
    begin = time.monotonic()
    server.terminate()
    await asyncio.gather(*clients, *ends)
    code = await server.exit_code()
    return time.monotonic() - begin, code


async def asks_until_told_to_go(server, chance, counts, slow_tools):
    async with await Connection.open(server.port) as connection:
        session = None if chance.random() < 0.5 else await initialize(connection)
        modern = session is None
        while not connection.told_to_go:
            id = next(ids)
            tool, arguments, good = deed(chance, id, slow_tools)
            body, fields = call(tool, arguments, id, modern), fields_of("tools/call", tool, modern, session)
            try:
                async with asyncio.timeout(20):
                    await send(connection, chance, body, fields)
                    answer = await connection.answer()
            except (Lost, TimeoutError, OSError) as problem:
                counts.went_wrong(f"{tool}: {type(problem).__name__} {problem}")
                return
            counts[f"answers of {tool}"] += 1
            if answer.status != 200 or answer.last().get("id") != id or not good(answer.last()["result"]):
                counts.went_wrong(f"{tool}: {answer.status} {answer.body[:300]}")
        counts["connections told to go"] += 1


def deed(chance, id, slow_tools):
    """A call, and its correct result."""
    if not slow_tools:
        arguments = {"data": {"n": id}, "operation": "transform", "options": {"expression": "n + 1"}}
        return "process_data", arguments, lambda result: result["structuredContent"]["result"] == id + 1
    tool = chance.choice(["echo", "echo_vt", "wait"])
    arguments = {"message": f"m{id}", **({"millis": chance.randrange(2_000)} if tool == "wait" else {})}
    return tool, arguments, lambda result: result["content"][0]["text"] == f"m{id}"


async def send(connection, chance, body, fields):
    """Sends some requests in two pieces, so that some are half sent when the signal arrives."""
    if chance.random() < 0.8:
        connection.post(body, fields)
    else:
        connection.begin("POST", fields, len(body))
        connection.send(body[:10])
        await asyncio.sleep(chance.random() / 2)
        connection.send(body[10:])


async def listening(port, modern):
    connection = await Connection.open(port)
    return await listen(connection, modern, None if modern else await initialize(connection)), modern


async def ends_well(connection, modern, counts):
    """A subscription ends with its result, a session's stream with its last chunk."""
    try:
        async with asyncio.timeout(60):
            said = await connection.rest()
    except (Lost, TimeoutError) as problem:
        counts.went_wrong(f"a stream was cut: {problem!r}")
        return
    good = said[-1]["result"]["resultType"] == "complete" if modern else said == []
    if not good:
        counts.went_wrong(f"a stream ended with {said}")
    counts["subscriptions ended with their result" if modern else "session streams ended"] += 1
    connection.close()


async def on_stdio(chance, counts):
    """64 calls in flight, and the answer to a ping after them shows that all were read; then the signal."""
    with open(OUT / "stdio.log", "w") as log:
        process = await asyncio.create_subprocess_exec(*map(str, with_tools("stdio")), stdin=subprocess.PIPE,
                                                       stdout=subprocess.PIPE, stderr=log)
    mine = {next(ids) for _ in range(CONNECTIONS)}
    lines = [message("server/discover", id=0, modern=True)]
    lines += [call("wait", {"message": f"m{id}", "millis": 1_000 + chance.randrange(1_000)}, id, modern=True) for id in mine]
    lines += [message("server/discover", id=1, modern=True)]
    process.stdin.write(b"".join(line + b"\n" for line in lines))
    said = [json.loads(await process.stdout.readline()) for _ in range(2)]
    process.terminate()
    said += [json.loads(line) for line in (await process.stdout.read()).splitlines()]
    for one in said:
        if one["id"] in mine and one["result"]["content"][0]["text"] == f"m{one['id']}":
            mine.remove(one["id"])
            counts["answers after the signal"] += 1
    if mine:
        counts.went_wrong(f"no answer to {len(mine)} calls")
    return await process.wait()
