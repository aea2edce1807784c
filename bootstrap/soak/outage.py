"""The effect on 64 connections when Redis or PostgreSQL fails and recovers."""
import asyncio, collections, contextlib, random, time

from caller import DEADLINE, GRACE, HUNG, Caller
from deeds import must
from replicas import replicas
from report import Counts, Part
from server import until
from troubles import Spells, frozen, health, killed, restarted
from truth import Wrong

CONNECTIONS, RESULTS, ROWS = 64, 3_000, 600
PERIOD = 5  # seconds; cache.breaker-period as shipped
ADDED = 0.25  # seconds that Redis may cost a call, once a period
SETTINGS = [  # so few results in memory that nearly all come from Redis; health says what becomes of dependencies alone
    "cache.entries=200", f"limits.deadline={DEADLINE}s", "health.interval=1s", "health.timeout=1s", "health.freshness=100ms",
    "health.cpu=100%", "health.error-rate=100%", "health.unhealthy-rate=100%"]


async def run(options):
    part = Part(f"Redis and PostgreSQL away under {CONNECTIONS} connections")
    async with replicas(1, *SETTINGS) as (postgres, redis, servers):
        scene = Scene(options, servers[0])
        await until(scene.healthy, 30)
        await redis_away(part, scene, redis, options)
        await postgres_away(part, scene, postgres, options)
    return part


class Sample:
    __slots__ = ("begin", "took", "connection", "kept")

    def __init__(self, said, connection):
        self.begin, self.took, self.connection = said.begin, said.end - said.begin, connection
        self.kept = said.value.get("cache_status") in ("hit", "stale")


class Scene:
    def __init__(self, options, server):
        self.server, self.chance = server, random.Random(options.seed)
        self.counts, self.spells, self.samples, self.late = Counts(), Spells(), [], 0

    async def healthy(self):
        return await health(self.server) == "healthy"

    def error_after(self, seconds):
        self.late = max(self.late, seconds)

    @contextlib.asynccontextmanager
    async def load(self, *deeds):
        """All connections are busy meanwhile, each with one action."""
        tasks = [asyncio.create_task(self.work(number, deeds[number % len(deeds)])) for number in range(CONNECTIONS)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def work(self, number, deed):
        chance = random.Random(self.chance.random())
        caller = Caller([self.server.port], chance, self.counts, self.spells, self.error_after)
        try:
            while True:
                try:
                    if said := await deed(caller, chance):
                        self.samples.append(Sample(said, number))
                except (Wrong, OSError) as problem:
                    self.counts.went_wrong(f"{deed.__name__}: {problem}")
                    await asyncio.sleep(0.1)
        finally:
            caller.close()

    def between(self, begin, end):
        return [sample for sample in self.samples if begin <= sample.begin < end]


async def asks_for_a_kept_result(caller, chance):
    number = chance.randrange(RESULTS)
    arguments = {"data": {"n": number}, "operation": "transform", "options": {"expression": "n * 2"}}
    said = await caller.ask("process_data", arguments)
    must(said and said.value["result"] == number * 2, f"twice {number} is {said and said.value}")
    return said


async def asks_for_a_row(caller, chance):
    id = chance.randint(1, ROWS)
    said = await caller.ask("execute_query", {"query": "SELECT sku FROM shop.products WHERE id = $1", "params": [id]})
    must(said is None or said.value["results"] == [{"sku": f"P-{id:04}"}], f"row {id} is {said and said.value}")
    return said


async def reads_a_kept_document(caller, chance):
    said = await caller.ask("get_data_cached", {"data_id": "kept"})
    must(said and said.value["content"] == [1, 2, 3], f"the document is {said and said.value}")
    return said


def ms(seconds):
    return f"{seconds * 1e3:,.0f} ms"


def share(samples):
    return sum(sample.kept for sample in samples) / max(1, len(samples))


def spread(samples):
    took = sorted(sample.took for sample in samples)
    return f"median {ms(took[len(took) // 2])}, 99 % within {ms(took[len(took) * 99 // 100])}, slowest {ms(took[-1])}"


async def redis_away(part, scene, redis, options):
    lasts = PERIOD * (1.2 if options.quick else 2.5)
    async with scene.load(asks_for_a_kept_result):
        await asyncio.sleep(PERIOD)
        begin = time.monotonic()
        await asyncio.sleep(2 * PERIOD)
        calm = scene.between(begin, time.monotonic())
        part.check(share(calm) > 0.9, "calm", f"{len(calm):,} calls, {share(calm):.0%} kept, {spread(calm)}")
        slowest = max(sample.took for sample in calm)
        for how in killed, frozen, restarted:
            begin = time.monotonic()
            await how(redis, lasts)
            await redis.until_it_answers()
            back = time.monotonic()
            took = await until(scene.healthy, 30, every=0.1)
            away = scene.between(begin, time.monotonic())
            await asyncio.sleep(PERIOD)
            judge(part, how.__name__, away, slowest, begin)
            again = share(scene.between(time.monotonic() - 2, time.monotonic()))
            part.check(took is not None and took <= 2 * PERIOD and again > 0.9, "  recovers by itself",
                       f"{took or 30:.1f} s after it was back, then {again:.0%} kept ({share(scene.between(begin + 1, back)):.0%} without it)")
            scene.samples.clear()
    part.check(scene.counts["wrong"] == 0, "failed calls", f"{scene.counts['wrong']} of {scene.counts['calls']:,} {scene.counts.wrong}")


def judge(part, what, away, calm, begin):
    added = max(sample.took for sample in away) - calm
    part.check(added <= ADDED, f"Redis {what}: added latency", f"{ms(max(0, added))}; {len(away):,} calls, {spread(away)}")
    waits = collections.Counter((sample.connection, int((sample.begin - begin) / PERIOD)) for sample in away if sample.took > calm + 0.02)
    part.check(max(waits.values(), default=0) <= 1, "  waits of one connection in a breaker's period",
               f"at most {max(waits.values(), default=0)}; {sum(waits.values())} calls waited")


async def postgres_away(part, scene, postgres, options):
    scene.counts = Counts()
    await scene.server.ask_once("save_data", {"data_id": "kept", "content": [1, 2, 3]})
    async with scene.load(asks_for_a_row, asks_for_a_row, asks_for_a_row, reads_a_kept_document):
        for how, lasts in (restarted, 3), (killed, 3), (frozen, 7), (restarted, 0):
            await asyncio.sleep(GRACE + 1)
            before, scene.late = collections.Counter(dict(scene.counts)), 0
            with scene.spells.one(frozen=how is frozen):
                await how(postgres, lasts)
                await postgres.until_it_answers()
            back, name = time.monotonic(), f"PostgreSQL {how.__name__}, away for {lasts} s and until it had recovered"
            async def rows_again():
                return any(not sample.kept for sample in scene.between(back, time.monotonic()))
            took = await until(rows_again, 30, every=0.02)
            await asyncio.sleep(GRACE)
            errors = {key: count - before[key] for key, count in scene.counts.items() if key.endswith("away") and count > before[key]}
            part.check(scene.counts["wrong"] == before["wrong"], name, f"{errors or 'no error'}")
            part.check(took is not None and took <= 2 * GRACE, "  the pool recovers by itself", f"a row after {took or 30:.2f} s, the last error after {scene.late:.2f} s")
    slowest = max(sample.took for sample in scene.samples)
    part.check(scene.counts["wrong"] == 0, "every row right, every stored document served, every error correct",
               f"{scene.counts['calls']:,} calls {scene.counts.wrong}")
    part.check(slowest <= DEADLINE + HUNG, "the slowest call", f"{slowest:.1f} s; the deadline is {DEADLINE} s")
