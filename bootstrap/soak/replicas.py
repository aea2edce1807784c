"""Replicas of the shipped server that share one PostgreSQL and one Redis."""
import contextlib, datetime, json, re, time

from backends import Postgres, Redis, free_port
from server import OUT, Server
from troubles import Spell, Spells

SECRET = "for-the-soak-alone-and-public"


@contextlib.asynccontextmanager
async def replicas(count, *settings):
    """Yields PostgreSQL, Redis and the replicas."""
    async with Postgres.running() as postgres, Redis.running() as redis, contextlib.AsyncExitStack() as stack:
        shared = [f"database.url={postgres.url('breakwater_reader')}", f"store.url={postgres.url('breakwater_store')}",
                  f"redis.url={redis.url()}", f"server.secrets={SECRET}", *settings]
        servers = [await stack.enter_async_context(Server.shipped(free_port(), *shared)) for _ in range(count)]
        yield postgres, redis, servers


class Apart(Spells):
    """The times in which replicas may miss messages of each other: Redis failed, or one of them logged that it does not contact Redis."""

    def __init__(self, illness, servers):
        super().__init__()
        self.illness, self.logs, self.open = illness, [OUT / f"server-{server.port}.log" for server in servers], {}
        self.alone, self.read = [], dict.fromkeys(self.logs, 0)
        self.zero = time.time() - time.monotonic()

    @property
    def past(self):
        return self.illness.past + self.alone

    @past.setter
    def past(self, nothing):
        """There is nothing of its own."""

    def look(self):
        """Reads what the logs say by now."""
        for log in self.logs:
            with open(log, "rb") as lines:
                lines.seek(self.read[log])
                for line in lines:
                    if not line.endswith(b"\n"):
                        break
                    self.read[log] += len(line)
                    self.hear(log, line)

    def hear(self, log, line):
        if b"cache.CircuitBreaker" in line:
            said = json.loads(line)
            what, word = re.match(r"(.*?) (is not used for now|works again)", said["message"]).groups()
            when = datetime.datetime.fromisoformat(said["timestamp"]).timestamp() - self.zero
            if word == "is not used for now":
                self.open[log, what] = Spell(when, False)
                self.alone.append(self.open[log, what])
            else:
                self.open.pop((log, what)).end = when

    def unprovoked(self):
        """How often a replica did not contact Redis although Redis had not failed."""
        return sum(not self.illness.near(spell.begin, spell.begin, 1) for spell in self.alone)


def lines_of(server, pattern):
    """How many lines of its log match."""
    return len(re.findall(pattern, (OUT / f"server-{server.port}.log").read_text(errors="replace")))
