"""The instances of a service, what they did, and their troubles."""
import asyncio, collections, contextlib, json, os, signal, subprocess, sys
from pathlib import Path

from client import HOST, Connection, Lost
from server import OUT, until


class Ledger:
    """The database of the service: it records each effect, and the first value of each idempotency key. No trouble befalls it."""

    def __init__(self):
        self.effects, self.first, self.writers, self.tasks = collections.Counter(), {}, {}, set()

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls):
        ledger = cls()
        server = await asyncio.start_server(ledger.serve, HOST, 0)
        ledger.port = server.sockets[0].getsockname()[1]
        try:
            yield ledger
        finally:
            server.close()
            await asyncio.gather(*ledger.tasks)  # they end with the instances

    async def serve(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        with contextlib.suppress(OSError):
            self.writers[json.loads(await reader.readline())["instance"]] = writer
            while (line := await reader.readline()).endswith(b"\n"):
                asked = json.loads(line)
                self.tell(writer, {"id": asked["id"], "value": self.record(asked["value"], asked["key"])})
        writer.close()

    def record(self, value, key):
        if key is not None and key in self.first:
            return self.first[key]
        self.effects[value] += 1
        if key is not None:
            self.first[key] = value
        return value

    def tell(self, writer, what):
        writer.write(json.dumps(what).encode() + b"\n")

    def behave(self, number, behavior):
        self.tell(self.writers[number], {"behavior": behavior})


class Instance:
    """One instance, as its operator and its fate see it."""

    def __init__(self, number, port, ledger, seed):
        self.number, self.port, self.ledger, self.seed, self.process = number, port, ledger, seed, None

    def start(self):
        with open(OUT / "instances.log", "a") as log:
            command = [sys.executable, Path(__file__).with_name("instance.py"), self.number, self.port, self.ledger.port, self.seed]
            self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def signal(self, number):
        self.process.send_signal(number)

    async def until_it_answers(self):
        if await until(self.answers, 30, every=0.05) is None:
            raise SystemExit(f"Instance {self.number} did not start; see {OUT / 'instances.log'}")

    async def answers(self):
        try:
            async with asyncio.timeout(2), await Connection.open(self.port) as connection:
                connection.begin("GET", {}, path="/health")
                return (await connection.answer()).status == 200
        except (OSError, Lost, TimeoutError):
            return False


@contextlib.asynccontextmanager
async def running(ports, seed):
    """Yields the ledger and the instances, on these ports."""
    OUT.mkdir(parents=True, exist_ok=True)
    async with Ledger.running() as ledger:
        instances = [Instance(number, port, ledger, seed) for number, port in enumerate(ports, 1)]
        try:
            await restart(instances)
            yield ledger, instances
        finally:
            for instance in instances:
                instance.kill()


async def restart(instances):
    for instance in instances:
        instance.start()
    for instance in instances:
        await instance.until_it_answers()


@contextlib.asynccontextmanager
async def killed(*instances):
    for instance in instances:
        instance.kill()
    yield
    await restart(instances)


@contextlib.asynccontextmanager
async def frozen(instance):
    instance.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        instance.signal(signal.SIGCONT)


@contextlib.asynccontextmanager
async def behaving(instance, behavior):
    instance.ledger.behave(instance.number, behavior)
    yield
    instance.ledger.behave(instance.number, "normal")


def slowed(instance):
    return behaving(instance, "slow")


def refusing(instance):
    """Responds to a quarter of the requests with 503 and Retry-After; half of these have their effect."""
    return behaving(instance, "refusing")


def resetting(instance):
    """Resets the connection of a quarter of the requests: before the effect, after it, or in the middle of the response."""
    return behaving(instance, "resetting")


def connections_to(pid, ports):
    """The number of open connections of a process to each of these ports."""
    mine = {os.readlink(link)[8:-1] for link in links(pid)}
    counts = dict.fromkeys(ports, 0)
    for table in "tcp", "tcp6":
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            cells = row.split()
            port = int(cells[2].rsplit(":", 1)[1], 16)
            if port in counts and cells[3] == "01" and cells[9] in mine:
                counts[port] += 1
    return counts


def links(pid):
    folder = f"/proc/{pid}/fd"
    for name in os.listdir(folder):
        with contextlib.suppress(OSError):
            if os.readlink(f"{folder}/{name}").startswith("socket:"):
                yield f"{folder}/{name}"
