"""The failures of PostgreSQL and Redis, one at a time, and their times."""
import asyncio, contextlib, dataclasses, os, signal, time
from typing import Callable

from report import say
from server import until

SHOWS = 2.5  # seconds; a failure of at least this length must appear in the health report
FOREVER = float("inf")


@dataclasses.dataclass
class Spell:
    begin: float
    frozen: bool
    end: float = FOREVER


class Spells:
    """The times of failures."""

    def __init__(self):
        self.past = []

    @contextlib.contextmanager
    def one(self, frozen=False):
        spell = Spell(time.monotonic(), frozen)
        self.past.append(spell)
        try:
            yield
        finally:
            spell.end = time.monotonic()

    def near(self, begin, end, grace):
        """The failures that overlap the time from begin to end, including a grace period after each."""
        return [spell for spell in self.past if spell.begin <= end and begin <= spell.end + grace]

    def over(self, begin, end, grace):
        """The end of all failures, with their grace periods, that overlap or directly follow this end; at least the end itself."""
        while (later := max((spell.end + grace for spell in self.near(begin, end, grace)), default=end)) > end:
            end = later
        return end


async def killed(backend, seconds):
    backend.kill()
    await asyncio.sleep(seconds)
    backend.start()


async def frozen(backend, seconds):
    backend.freeze()
    try:
        await asyncio.sleep(seconds)
    finally:
        backend.thaw()


async def restarted(backend, seconds):
    await backend.stop(signal.SIGINT)
    await asyncio.sleep(seconds)
    backend.start()


async def session_killed(postgres, seconds):
    """PostgreSQL then disconnects all others and recovers, since the killed process may have corrupted shared memory."""
    for pid in postgres.sessions()[:1]:
        os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(0.2)


async def sessions_ended(postgres, seconds):
    await asyncio.to_thread(postgres.sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'breakwater%'")


async def connections_cut(redis, seconds):
    await redis.ask("CLIENT KILL TYPE normal SKIPME yes")
    await redis.ask("CLIENT KILL TYPE pubsub")


async def emptied(redis, seconds):
    await redis.ask("FLUSHALL")


@dataclasses.dataclass(frozen=True)
class Trouble:
    backend: str
    how: Callable
    lasts: bool = True  # whether it lasts for the given time; otherwise it ends at once

    def __str__(self):
        return f"{self.backend} {self.how.__name__.replace('_', ' ')}"


TROUBLES = [
    *(Trouble("PostgreSQL", how) for how in (killed, frozen, restarted)),
    *(Trouble("PostgreSQL", how, lasts=False) for how in (session_killed, sessions_ended)),
    *(Trouble("Redis", how) for how in (killed, frozen, restarted)),
    *(Trouble("Redis", how, lasts=False) for how in (connections_cut, emptied)),
]


class Chaos:
    """Failures in an order from a seed; after each, all replicas must become healthy again."""

    def __init__(self, chance, backends, replicas):
        self.chance, self.backends, self.replicas = chance, backends, replicas
        self.spells = {name: Spells() for name in backends}  # until the backend answers
        self.illness = {name: Spells() for name in backends}  # until every replica reports that it is healthy
        self.counts, self.unseen, self.recoveries, self.stuck = {}, [], [], []
        self.rounds, self.seen = 0, 0

    async def run(self):
        """Runs until it is cancelled, and leaves no failure behind."""
        while True:
            for trouble in self.chance.sample(TROUBLES, len(TROUBLES)):
                seconds = self.chance.uniform(0.2, 2) if self.chance.random() < 0.3 else self.chance.uniform(SHOWS, 6)
                await asyncio.sleep(self.chance.uniform(2, 6))
                befalls = asyncio.create_task(self.befall(trouble, seconds))
                try:
                    await asyncio.shield(befalls)
                except asyncio.CancelledError:
                    await befalls
                    raise
            self.rounds += 1

    async def befall(self, trouble, seconds):
        backend = self.backends[trouble.backend]
        say(f"  {trouble}" + (f" for {seconds:.1f} s" if trouble.lasts else ""))
        watch = asyncio.create_task(self.all_degraded())
        with self.illness[trouble.backend].one():
            with self.spells[trouble.backend].one(frozen=trouble.how is frozen):
                await trouble.how(backend, seconds)
                await backend.until_it_answers()
            degraded = watch.done()
            watch.cancel()
            took = await until(self.all_healthy, 30, every=0.1)
        self.counts[str(trouble)] = self.counts.get(str(trouble), 0) + 1
        self.seen += degraded
        if trouble.lasts and seconds >= SHOWS and not degraded:
            self.unseen.append(f"{trouble} for {seconds:.1f} s")
        if took is None:
            self.stuck.append(f"{trouble} ({'; '.join([reason for replica in self.replicas for reason in await reasons(replica)])})")
        else:
            self.recoveries.append((took, str(trouble)))

    async def all_degraded(self):
        """Returns when every replica has reported it."""
        for replica in self.replicas:
            while await health(replica) != "degraded":
                await asyncio.sleep(0.1)

    async def all_healthy(self):
        return all([await health(replica) == "healthy" for replica in self.replicas])


async def health(replica):
    return (await replica.ask_once("health_check", {}))["status"]


async def reasons(replica):
    return (await replica.ask_once("health_check", {}))["reasons"]
