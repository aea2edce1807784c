"""A million callers, each with rate limits of its own, in memory and in Redis, and as many names of tools that do not exist."""
import asyncio, bisect, contextlib, time, urllib.request

from backends import Redis
from client import HOST
from growth import Memory, flat
from load import loading
from report import Part
from server import Server, until

PORT = 24796
HEAP = "256m"
LIVES = 6  # seconds for which a caller's limit of 10 calls a minute is used after one call
REMEMBERED = {"rate limits": "io.breakwater.core.data.ratelimit.Bucket", "metrics": "io.micrometer.core.instrument.Meter$Id"}
SETTINGS = ["http.proxies.trusted=127.0.0.1", "metrics.public=true", "limits.rate.principal-tool=10/min", "log.level=error"]
ACCEPTED, UNKNOWN = {"200"}, {"200", "400", "404"}


async def run(options):
    part = Part(f"{options.calls:,} callers with rate limits of their own, and names of tools; heap of {HEAP}")
    async with loading("KeyLoad", PORT) as load:
        async with Server.with_tools(PORT, *SETTINGS, heap=HEAP) as server:
            memory = Memory(server, REMEMBERED)
            await flat(part, memory, load, "callers, limits in memory", "distinct caller", ACCEPTED, options.calls)
            await names(part, server, memory, load, options.calls)
        async with Redis.running() as redis, Server.with_tools(PORT, *SETTINGS, f"redis.url={redis.url()}", heap=HEAP) as server:
            await shared(part, redis, server, load, options.calls)
    return part


async def names(part, server, memory, load, count):
    await load.send("distinct tool", 0, 1)  # the first refused call adds time series
    before = len(metrics(server))
    await flat(part, memory, load, "names of tools that do not exist", "distinct tool", UNKNOWN, count)
    after = len(metrics(server))
    part.check(after - before < 20, "  time series on the metrics page", f"{before} before, {after} after")


def metrics(server):
    with urllib.request.urlopen(f"http://{HOST}:{server.port}/metrics", timeout=10) as page:
        return [line for line in page.read().decode().splitlines() if not line.startswith("#")]


def metric(server, name):
    return sum(float(line.split()[-1]) for line in metrics(server) if line.startswith(name))


async def shared(part, redis, server, load, count):
    others = await keys(redis)
    watch = Watch(redis)
    watching = asyncio.create_task(watch.run())
    await flat(part, Memory(server, REMEMBERED), load, "callers, limits in Redis", "distinct caller", ACCEPTED, count)
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    asked, alone, evicted = await scripts(redis), metric(server, "mcp_rate_limit_local_total"), await stat(redis, "evicted_keys")
    part.check(asked >= count - alone and alone <= count / 100, "  decided by Redis", f"{asked:,} calls; {alone:,.0f} by the server alone")
    part.check(watch.excess() <= others + 100 and evicted == 0, f"  keys in Redis, each for {LIVES} s",
               f"at most {watch.most:,}, all of calls in the last {LIVES + 1} s; {evicted} evicted; at most {watch.memory / 1024:,.0f} KiB")
    async def expired():
        return await keys(redis) <= others + 10
    took = await until(expired, 60)
    part.check(took is not None, "  they expire", f"{await keys(redis)} keys {took or 60:.0f} s after the last call")


async def keys(redis):
    return int((await redis.ask("DBSIZE")).removeprefix(":"))


async def stat(redis, name, section="stats"):
    return int(next(line.split(":")[1] for line in (await redis.ask(f"INFO {section}")).splitlines() if line.startswith(name + ":")))


async def scripts(redis):
    """How often Redis ran a script: once for each decision."""
    lines = (await redis.ask("INFO commandstats")).splitlines()
    return sum(int(line.split("calls=")[1].split(",")[0]) for line in lines if line.startswith("cmdstat_evalsha:"))


class Watch:
    """The keys in Redis, and the scripts that it has run, twice a second."""

    def __init__(self, redis):
        self.redis, self.times, self.runs, self.keys, self.most, self.memory = redis, [], [], [], 0, 0

    async def run(self):
        while True:
            number = await keys(self.redis)
            self.times.append(time.monotonic())
            self.runs.append(await scripts(self.redis))
            self.keys.append(number)
            self.most = max(self.most, number)
            self.memory = max(self.memory, await stat(self.redis, "used_memory", "memory"))
            await asyncio.sleep(0.5)

    def excess(self):
        """How many keys there were at most beyond those of recent calls; a call makes two."""
        return max(number - 2 * (runs - self.earlier(now)) for now, runs, number in zip(self.times, self.runs, self.keys))

    def earlier(self, now):
        """The scripts that had run when the oldest keys were made that may be left."""
        index = bisect.bisect(self.times, now - LIVES - 1) - 1
        return self.runs[index] if index >= 0 else 0
