"""PostgreSQL and Redis in temporary folders, and the failures of their processes."""
import asyncio, contextlib, getpass, os, shutil, signal, socket, subprocess, tempfile
from pathlib import Path

from client import HOST
from server import OUT, ROOT, until

SHOP = ROOT / "bootstrap/src/main/resources/io/breakwater/bootstrap/demo/shop.sql"
PORTS = range(24750, 24800)  # where no system hands out ports for outgoing connections


def free_port():
    for port in PORTS:
        with contextlib.suppress(OSError), socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((HOST, port))
            return port
    raise SystemExit(f"No port is free from {PORTS[0]} to {PORTS[-1]}.")


def find(program, *folders):
    found = shutil.which(program, path=":".join([*map(str, folders), os.environ["PATH"]]))
    if found is None:
        raise SystemExit(f"This part needs {program}. Debian: apt-get install postgresql redis-server")
    return found


class Backend:
    """A server that is started on an empty folder, and deleted with the folder at the end."""

    def __init__(self, user=None):
        self.user, self.port, self.process = user, free_port(), None
        self.folder = Path(tempfile.mkdtemp(prefix="breakwater-soak-"))
        if user:
            shutil.chown(self.folder, user, user)

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls):
        backend = cls()
        try:
            await backend.prepare()
            yield backend
        finally:
            backend.kill()
            shutil.rmtree(backend.folder, ignore_errors=True)

    def run(self, *words, **options):
        user = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        return subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=self.folder, **user, **options)

    def start(self):
        user = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        OUT.mkdir(parents=True, exist_ok=True)
        with open(OUT / f"{type(self).__name__.lower()}.log", "a") as log:
            self.process = subprocess.Popen([str(word) for word in self.command()], stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd=self.folder, **user)

    async def until_it_answers(self, seconds=60):
        if await until(self.answers, seconds, every=0.02) is None:
            raise SystemExit(f"{type(self).__name__} did not start; see {OUT}")

    def pids(self):
        """Its process and the children of that process."""
        mine = str(self.process.pid)
        return [self.process.pid, *(int(pid) for pid in filter(str.isdigit, os.listdir("/proc")) if parent(pid) == mine)]

    def tell(self, number):
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self):
        """Kills all its processes at once."""
        if self.process and self.process.poll() is None:
            for _ in range(2):  # children that were just being made
                self.tell(signal.SIGKILL)
            self.process.wait()

    def freeze(self):
        for _ in range(2):
            self.tell(signal.SIGSTOP)

    def thaw(self):
        self.tell(signal.SIGCONT)

    async def stop(self, number):
        """As its operator would."""
        self.process.send_signal(number)
        await asyncio.to_thread(self.process.wait, 60)


def parent(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]
    except OSError:
        return None


class Postgres(Backend):
    """Loses nothing that it acknowledged: fsync and synchronous_commit are on, as by default."""

    def __init__(self):
        super().__init__("postgres" if getpass.getuser() == "root" else None)  # it refuses to run as root
        self.programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))

    def command(self):
        return [find("postgres", *self.programs), "-D", self.folder / "data", "-p", self.port, "-k", "", "-c",
                f"listen_addresses={HOST}", "-c", "max_connections=120", "-c", "fsync=on", "-c", "synchronous_commit=on"]

    async def prepare(self):
        made = self.run(find("initdb", *self.programs), "-D", self.folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                        "--locale=C", "--no-sync")
        if made.returncode != 0:
            raise SystemExit(f"initdb failed: {made.stderr}")
        self.start()
        await self.until_it_answers()
        self.sql("CREATE DATABASE shop", database="postgres")
        self.sql(SHOP.read_text())

    def sql(self, statements, database="shop"):
        """The result, one line per row, with | between columns."""
        done = self.run(find("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", HOST, "-p", self.port, "-U", "postgres", database,
                        input=statements, timeout=60)
        if done.returncode != 0:
            raise OSError(f"psql: {done.stderr}")
        return done.stdout.splitlines()

    async def answers(self):
        ask = [find("pg_isready"), "-q", "-t", "1", "-h", HOST, "-p", str(self.port)]
        return (await asyncio.to_thread(subprocess.run, ask)).returncode == 0

    async def connections(self):
        """The connections by role, and how many of them are active or in a transaction."""
        rows = await asyncio.to_thread(self.sql, "SELECT usename, count(*), count(*) FILTER (WHERE state <> 'idle')"
                                                 " FROM pg_stat_activity WHERE usename LIKE 'breakwater%' GROUP BY 1")
        return {role: (int(all), int(busy)) for role, all, busy in (row.split("|") for row in rows)}

    def sessions(self):
        """The processes that serve connections."""
        return [pid for pid in self.pids()[1:] if b"breakwater_" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def url(self, role):
        return f"postgresql://{role}@{HOST}:{self.port}/shop"


class Redis(Backend):
    """A cache without persistence, as docs/redis.md recommends."""

    def command(self):
        return [find("redis-server"), "--port", self.port, "--bind", HOST, "--save", "", "--appendonly", "no",
                "--dir", self.folder, "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"]

    async def prepare(self):
        self.start()
        await self.until_it_answers()

    async def ask(self, command):
        """The answer in one piece: a status, a number or a text."""
        async with asyncio.timeout(1):
            reader, writer = await asyncio.open_connection(HOST, self.port)
            try:
                writer.write(command.encode() + b"\r\n")
                first = await reader.readline()
                if first.startswith(b"$"):
                    return (await reader.readexactly(int(first[1:]))).decode()
                return first.decode().strip()
            finally:
                writer.close()

    async def answers(self):
        try:
            return await self.ask("PING") == "+PONG"
        except (OSError, TimeoutError, EOFError):
            return False

    async def connections(self):
        """The number of connections besides the current one."""
        return (await self.ask("CLIENT LIST")).count("id=") - 1

    def url(self):
        return f"redis://{HOST}:{self.port}"
