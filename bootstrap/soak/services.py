"""A hundred thousand calls of a service with four instances, while one after the other is killed, frozen, slowed, refuses or resets."""
import asyncio, collections, contextlib, dataclasses, itertools, json, random, statistics, time

from backends import Postgres
from client import Connection, Lost, fields_of, ids, message
from instances import connections_to, frozen, killed, refusing, resetting, running, slowed
from replicas import lines_of
from report import Counts, Part, say
from server import OUT, SHIPPED, Server, until
from troubles import FOREVER

PORT, INSTANCES = 25010, range(25011, 25015)
CALLERS, MOST_CALLS = 64, 100_000
KEY, REPLAYED = "io.breakwater/idempotencyKey", "io.breakwater/idempotentReplay"
DEADLINE, HUNG = 30, 2  # seconds; limits.deadline as shipped, and what a client waits beyond it
PAUSE, INTERVAL, IDLE = 60, 10, 10  # seconds; breaker.pause and health.interval as shipped, and the life of an unused connection
QUICK_PAUSE = 5
LASTS = 16  # seconds, the least that a trouble lasts: a frozen instance fails after attempt-timeout (10 s), a check of it after 15 s
GRACE = 1  # second after a trouble in which it may still affect a call
CALM = 5  # seconds before each trouble
LONGEST = 15  # seconds of one call: attempt-timeout, a pause, and a response that a slow instance gives
AWAY = 8  # seconds without any instance
REFUSALS, QUICKLY = 200, 0.02  # calls one after the other without any instance; seconds, the median of their responses
UNKNOWN = "The outcome is unknown"
TROUBLES = {  # and the code of a call whose request it breaks; a slow instance breaks none
    killed: "EXTERNAL_ERROR", frozen: "TIMEOUT", slowed: None, refusing: "EXTERNAL_ERROR", resetting: "EXTERNAL_ERROR"}
NO_INSTANCE = "none was there"
numbers = itertools.count(1)


async def run(options):
    calls, rounds = min(options.calls, MOST_CALLS), 1 if options.quick or options.calls < MOST_CALLS else 2
    part = Part(f"At least {calls:,} calls of a service by {CALLERS} callers, while its four instances fail one after the other")
    pause = QUICK_PAUSE if options.quick else PAUSE
    async with running(INSTANCES, options.seed) as (ledger, instances), Postgres.running() as postgres:
        async with Server.running(command(postgres, pause if options.quick else None), PORT, {"BREAKWATER_JAVA_OPTS": "-Xmx256m"}) as server:
            scene = Scene(options, server, ledger, instances, pause + INTERVAL)
            assert await until(scene.all_available, 30) is not None
            async with scene.load():
                await scene.one_after_the_other(part, calls, rounds)
                await scene.none_at_all(part)
            await report(part, scene)
    return part


def command(postgres, pause):
    """The server as an operator starts it: with a file, which sets nothing but the addresses of the service and the store."""
    urls = ", ".join(f"http://127.0.0.1:{port}" for port in INSTANCES)
    lines = ["services:", "  values:", "    description: GET /values/{value} returns the value. POST /effects has one effect.",
             f"    urls: [{urls}]", *([f"    breaker: {{pause: {pause}s}}"] if pause else []),
             "store:", f"  url: {postgres.url('breakwater_store')}"]
    file = OUT / "services.yaml"
    file.write_text("\n".join(lines) + "\n")
    return [*SHIPPED, "serve", "--config", file, "--port", PORT]


@dataclasses.dataclass
class Said:
    """The end of one call: a result, or the code of an error and whether its message says that the outcome is unknown."""
    begin: float
    end: float
    value: dict = None
    replayed: bool = False
    code: str = None
    text: str = ""
    retry: float = 0

    def unknown(self):
        return UNKNOWN in self.text


class Request:
    """What a caller wants: to read a value, or an effect, with or without an idempotency key. Each has a value of its own."""

    def __init__(self, kind):
        self.kind, self.value = kind, str(next(numbers))
        self.done, self.unknown = False, False

    def params(self):
        if self.kind == "GET":
            arguments = {"service": "values", "method": "GET", "endpoint": "/values/{value}", "params": {"value": self.value}}
        else:
            arguments = {"service": "values", "method": "POST", "endpoint": "/effects", "data": {"value": self.value}}
        meta = {"_meta": {KEY: f"key-{self.value}"}} if self.kind == "POST with key" else {}
        return {"name": "api_request", "arguments": arguments, **meta}

    def right(self, said):
        expected = {"value": self.value, "repeated": self.value * (int(self.value) % 200)}
        return said.value["result"] == expected and said.value["http_status"] == 200


class Spell:
    """The time of a trouble, and the calls that may have been affected."""

    def __init__(self, name, code):
        self.name, self.code, self.begin, self.end = name, code, time.monotonic(), FOREVER
        self.calls, self.failures = 0, collections.Counter()

    def near(self, said):
        return self.begin <= said.end and said.begin <= self.end + GRACE


class Scene:
    def __init__(self, options, server, ledger, instances, recovers):
        self.server, self.ledger, self.instances, self.recovers = server, ledger, instances, recovers
        self.options, self.chance = options, random.Random(f"{options.seed}-services")
        self.counts, self.spells = Counts(), []
        self.requests, self.not_repeated, self.slowest, self.busy = [], 0, 0, False
        self.most, self.descriptors = collections.Counter(), 0

    @contextlib.asynccontextmanager
    async def load(self):
        """All callers work meanwhile: fast while there is trouble, and about once a second otherwise."""
        self.at_work = True
        tasks = [asyncio.create_task(self.work(random.Random(f"{self.options.seed}-{number}"))) for number in range(CALLERS)]
        census = asyncio.create_task(self.census())
        try:
            yield
            self.at_work = False
            await asyncio.gather(*tasks)
        finally:
            for task in census, *tasks:
                task.cancel()
            await asyncio.gather(census, *tasks, return_exceptions=True)

    async def work(self, chance):
        connection = None
        while self.at_work:
            try:
                if connection is None or connection.told_to_go:
                    connection = await Connection.open(self.server.port)
                await self.one(connection, chance)
            except (Lost, TimeoutError, OSError, LookupError) as problem:
                self.counts.went_wrong(f"no correct response: {type(problem).__name__} {problem}")
                connection = None
                await asyncio.sleep(0.1)
            await asyncio.sleep(0 if self.busy else 2 * chance.random())
        if connection:
            connection.close()

    async def one(self, connection, chance):
        """One call; some of those with a key are repeated, above all those that failed."""
        request = Request(chance.choices(["GET", "POST", "POST with key"], [2, 1, 1])[0])
        if request.kind != "GET":
            self.requests.append(request)
        said = await self.attempt(connection, request)
        if request.kind == "POST with key" and (said.code or chance.random() < 0.1):
            await self.repeat(connection, request)
        if said.code:
            await asyncio.sleep(chance.random() * min(said.retry, 0.25))

    async def attempt(self, connection, request):
        said = await self.ask(connection, request.params())
        self.count(request, said)
        if said.code is None:
            request.done = True
            if not request.right(said):
                self.counts.went_wrong(f"{request.kind} {request.value} returned {said.value}")
        else:
            request.unknown |= said.unknown()
            self.judge(request, said)
        return said

    async def ask(self, connection, params):
        id, begin = next(ids), time.monotonic()
        connection.post(message("tools/call", params, id, modern=True), fields_of("tools/call", params["name"], modern=True))
        async with asyncio.timeout(DEADLINE + HUNG):
            answer = await connection.answer()
        self.counts["calls"] += 1
        last, end = answer.last(), time.monotonic()
        self.slowest = max(self.slowest, end - begin)
        if last.get("id") != id or "result" not in last:
            raise LookupError(f"{answer.status} {answer.body[:300]}")
        result = last["result"]
        if result.get("isError"):
            error = json.loads(result["content"][0]["text"])["error"]
            return Said(begin, end, code=error["code"], text=error["message"], retry=error.get("retryAfterMs", 0) / 1000)
        return Said(begin, end, result["structuredContent"], result.get("_meta", {}).get(REPLAYED, False))

    def near(self, said):
        """The latest trouble that may have affected a call."""
        return next((spell for spell in reversed(self.spells) if spell.near(said)), None)

    def count(self, request, said):
        trouble = self.near(said)
        if trouble:
            trouble.calls += 1
            if said.code:
                trouble.failures[f"{request.kind} {said.code}{' (unknown outcome)' if said.unknown() else ''}"] += 1

    def judge(self, request, said):
        """Wrong is each failure without a trouble, each of another kind than the trouble causes, and each that was not necessary."""
        trouble = self.near(said)
        if trouble is None or said.code != trouble.code and trouble.name != NO_INSTANCE:
            self.counts.went_wrong(f"{request.kind} failed while {trouble.name if trouble else 'all was well'}: {said.code} {said.text}")
        elif trouble.name == NO_INSTANCE:
            if said.code not in ("EXTERNAL_ERROR", "TIMEOUT"):
                self.counts.went_wrong(f"{request.kind} failed without any instance: {said.code} {said.text}")
        elif request.kind != "POST" or not said.unknown():
            self.not_repeated += 1  # only the retry budget may have prevented it

    async def repeat(self, connection, request):
        """Sends the call with its key again, which must not have another effect."""
        done, unknown = request.done, request.unknown
        if not done and not unknown:
            await self.attempt(connection, request)
            return
        said = await self.ask(connection, request.params())
        if done and not (said.replayed and request.right(said)):
            self.counts.went_wrong(f"the repeated {request.value} returned {said}, not the first result")
        if not done and said.code != "CONFLICT":
            self.counts.went_wrong(f"{request.value}, whose outcome is unknown, ended with {said} when it was repeated")
        self.counts["repeated with their first result" if done else "repeated, outcome still unknown"] += 1

    async def census(self):
        """Counts the connections of the server all the time."""
        while True:
            for port, count in (await asyncio.to_thread(connections_to, self.server.pid, INSTANCES)).items():
                self.most[port] = max(self.most[port], count)
            self.descriptors = max(self.descriptors, self.server.descriptors())
            await asyncio.sleep(0.5)

    async def available(self):
        service, = (await self.server.ask_once("list_services", {}))["services"]
        return service["healthy_count"]

    async def all_available(self):
        return await self.available() == len(self.instances)

    async def some_unavailable(self):
        return not await self.all_available()

    async def measures(self):
        return await self.server.live_heap(), self.server.threads(), self.server.descriptors()

    async def not_in_budget(self):
        return int((await self.server.figures())["mcp_service_retry_budget_exhausted_totalvalues"])

    async def one_after_the_other(self, part, calls, rounds):
        """Each trouble befalls another instance than the one before, and the next begins when all are available again."""
        plan = [how for _ in range(rounds) for how in self.chance.sample(list(TROUBLES), len(TROUBLES))]
        order = self.chance.sample(self.instances, len(self.instances))
        for number, how in enumerate(plan):
            await asyncio.sleep(CALM)
            await self.befall(part, how, order[number % len(order)], calls * (number + 1) // len(plan))
            if number == 0:
                self.early = await self.measures()
        refused = await self.not_in_budget()
        part.check(self.not_repeated <= refused, "failed although they may be repeated: only without budget",
                   f"{self.not_repeated:,} calls; {refused:,} times the budget had no repetition")

    @contextlib.contextmanager
    def trouble(self, name, code):
        spell, self.busy = Spell(name, code), True
        self.spells.append(spell)
        try:
            yield spell
        finally:
            spell.end, self.busy = time.monotonic(), False

    async def befall(self, part, how, instance, calls):
        name, begin = f"instance {instance.number} {how.__name__}", time.monotonic()
        say(f"          {self.counts['calls']:,} calls; {name}")
        watch = asyncio.create_task(until(self.some_unavailable, LASTS, every=0.2))
        with self.trouble(name, TROUBLES[how]) as trouble:
            async with how(instance):
                async def enough():
                    return self.counts["calls"] >= calls and time.monotonic() - begin >= LASTS
                await until(enough, 600, every=0.1)
                noticed = await watch
            end = time.monotonic()
        took = await until(self.all_available, self.recovers + 5, every=0.2)
        part.check(self.counts["wrong"] == 0, f"{name} for {end - begin:.0f} s",
                   f"{trouble.calls:,} calls, {told(trouble.failures)}")
        expected = noticed is None if how is slowed else noticed is not None or how in (refusing, resetting)
        part.check(expected, "  it is taken out of service", f"after {noticed:.1f} s" if noticed is not None else "no")
        part.check(took is not None and took <= self.recovers, "  all four are available again",
                   f"{took if took is not None else self.recovers + 5:.1f} s after its end; at most {self.recovers} s allowed")

    async def none_at_all(self, part):
        """All instances are killed at once; the server must refuse calls quickly, and recover without a restart."""
        say(f"          {self.counts['calls']:,} calls; no instance at all")
        await asyncio.sleep(CALM)
        with self.trouble(NO_INSTANCE, None) as trouble:
            async with killed(*self.instances):
                await asyncio.sleep(AWAY / 2)
                self.busy = False
                assert await until(self.none_available, INTERVAL + 5) is not None
                took, saids = await self.refusals()
                await asyncio.sleep(AWAY / 2)
            recovered = await until(self.all_available, self.recovers + 5, every=0.2)
        part.check(self.counts["wrong"] == 0, "all four killed at once", f"{trouble.calls:,} calls, {told(trouble.failures)}")
        honest = all(said.code == "EXTERNAL_ERROR" and said.retry > 0 and not said.unknown() for said in saids)
        part.check(honest and statistics.median(took) <= QUICKLY, "  calls are refused at once, with a time to retry",
                   f"median {statistics.median(took) * 1e3:.1f} ms, slowest {max(took) * 1e3:.0f} ms of {len(took)}")
        part.check(recovered is not None and recovered <= self.recovers, "  all four are available again, without a restart",
                   f"{recovered if recovered is not None else self.recovers + 5:.1f} s after the start; at most {self.recovers} s allowed")
        calls = self.counts["calls"]
        async def worked():
            return self.counts["calls"] >= calls + 2 * CALLERS
        assert await until(worked, 60) is not None

    async def none_available(self):
        return await self.available() == 0

    async def refusals(self):
        """One call after the other while no instance is available."""
        async with await Connection.open(self.server.port) as connection:
            saids = [await self.ask(connection, Request("GET").params()) for _ in range(REFUSALS)]
        return [said.end - said.begin for said in saids], saids


def told(failures):
    return ", ".join(f"{count:,} × {kind}" for kind, count in sorted(failures.items())) or "none failed"


async def report(part, scene):
    counts, server = scene.counts, scene.server
    await asyncio.sleep(IDLE + 2)
    left = sum(connections_to(server.pid, INSTANCES).values())
    part.check(counts["wrong"] == 0, "every response is the right one, and every failure is allowed", counts.text())
    for wrong in counts.wrong:
        part.check(False, "wrong", wrong)
    part.check(scene.slowest <= LONGEST, "the slowest call", f"{scene.slowest:.1f} s; at most {LONGEST} s allowed")
    effects(part, scene)
    part.check(0 < max(scene.most.values()) <= CALLERS + 2, "connections to one instance",
               f"at most {max(scene.most.values())} for {CALLERS} callers and its checks")
    part.check(left <= len(INSTANCES), "  after 12 s without calls", f"{left}, those of checks")
    heap, threads, descriptors = await scene.measures()
    part.check(heap - scene.early[0] <= 4 << 20, "live heap, after the first trouble and at the end",
               f"{scene.early[0] / 1024:,.0f} to {heap / 1024:,.0f} KiB")
    part.check(threads <= scene.early[1] + 4, "threads", f"{scene.early[1]} to {threads}")
    part.check(descriptors <= scene.early[2], "file descriptors", f"{scene.early[2]} to {descriptors}, at most {scene.descriptors}")
    part.check(lines_of(server, "unexpected exception") == 0, "unexpected failures", lines_of(server, "unexpected exception"))


def effects(part, scene):
    """The ledger of the service says how often each effect happened."""
    happened = scene.ledger.effects
    for kind in "POST", "POST with key":
        mine = [request for request in scene.requests if request.kind == kind]
        done = [happened[request.value] for request in mine if request.done]
        part.check(set(done) == {1}, f"{kind}: a result means exactly one effect", f"{len(done):,} results, {sum(done):,} effects")
        unknown = [happened[request.value] for request in mine if request.unknown and not request.done]
        part.check(max(unknown, default=0) <= 1, "  an unknown outcome means at most one effect", f"{len(unknown):,} calls, {sum(unknown):,} effects")
        none = [happened[request.value] for request in mine if not request.done and not request.unknown]
        part.check(sum(none) == 0, "  any other failure means no effect", f"{len(none):,} calls, {sum(none):,} effects")
    invented = set(happened) - {request.value for request in scene.requests}
    part.check(not invented, "no effect that no call asked for", f"{len(invented)}")
