"""Starts PostgreSQL and Redis on loopback for the duration of a measurement."""
import contextlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import client, workshop
from .report import say

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
AUTOGROUP = Path("/proc/sys/kernel/sched_autogroup_enabled")
SCALE = 2  # 200,000 rows, so that 100,000 of them have numbers of six digits
ROWS = range(100_000, 200_000)


@dataclass(frozen=True)
class Postgres:
    port: int

    def url(self, role):
        return f"postgresql://{role}@127.0.0.1:{self.port}/postgres"

    def ask(self, sql):
        return self._run("psql", "-v", "ON_ERROR_STOP=1", "-qAtc", sql).strip()

    def pgbench(self, *options):
        return self._run("pgbench", *options)

    def _run(self, program, *options):
        return _run(PROGRAMS / program, "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", *options, "postgres"
                    if program == "pgbench" else "--dbname=postgres")


@contextlib.contextmanager
def ungrouped():
    """Switches off the scheduler's groups by session, if permitted. PostgreSQL makes each of its backends a session,
    and each would get the same share of the processors as the whole server under test. Under systemd, where databases
    normally run, there are no such groups either."""
    was = AUTOGROUP.read_text().strip() if AUTOGROUP.exists() else "0"
    if was != "0":
        try:
            AUTOGROUP.write_text("0")
        except OSError:
            say("kernel.sched_autogroup_enabled stays on, since only root may change it: the longest times are too long")
            was = "0"
    try:
        yield
    finally:
        if was != "0":
            AUTOGROUP.write_text(was)


@contextlib.contextmanager
def postgres():
    """PostgreSQL, with the scheduling that it has as a service."""
    with ungrouped(), _postgres() as server:
        yield server


@contextlib.contextmanager
def _postgres():
    """Debian's PostgreSQL without fsync, with the tables of pgbench and two roles: guest may read them, owner is a superuser."""
    if not (PROGRAMS / "pgbench").exists():
        raise workshop.Stop(f"there is no {PROGRAMS}/pgbench; apt-get install postgresql-15")
    folder = tempfile.mkdtemp(prefix="bench-postgres-")
    user = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        user = ["runuser", "-u", "postgres", "--"]
    server, data = Postgres(client.free_port()), f"{folder}/data"
    control = [*user, PROGRAMS / "pg_ctl", "-D", data, "-s"]
    try:
        _run(*user, PROGRAMS / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        _run(*control, "-w", "-l", f"{folder}/log", "-o",
             f"-p {server.port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200", "start")
        server.pgbench("-i", "-q", "-s", SCALE)
        server.ask("CREATE ROLE owner SUPERUSER LOGIN; CREATE ROLE guest LOGIN; CREATE SEQUENCE runs;"
                   " REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC; GRANT SELECT ON pgbench_accounts TO guest")
        yield server
    finally:
        with contextlib.suppress(workshop.Stop):
            _run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command):
    done = subprocess.run(list(map(str, command)), cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise workshop.Stop(f"{workshop.shown(command)} failed: {done.stderr[-2000:]}")
    return done.stdout


@dataclass(frozen=True)
class Redis:
    port: int

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def commands(self):
        """The number of each command since the start, without INFO and PING."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as asked:
            asked.sendall(b"INFO commandstats\r\n")
            answer = asked.makefile("rb")
            text = answer.read(int(answer.readline()[1:])).decode()
        said = {name: int(count) for name, count in re.findall(r"cmdstat_([^:]+):calls=(\d+)", text)}
        return {name: count for name, count in said.items() if name not in ("info", "ping")}

    @contextlib.contextmanager
    def counting(self):
        """The commands that arrive meanwhile, in a dictionary that is filled at the end."""
        before, came = self.commands(), {}
        yield came
        for name, count in self.commands().items():
            if count > before.get(name, 0):
                came[name] = count - before.get(name, 0)


@contextlib.contextmanager
def redis():
    """Redis without persistence."""
    if not shutil.which("redis-server"):
        raise workshop.Stop("there is no redis-server on the PATH; apt-get install redis-server")
    server = Redis(client.free_port())
    command = ["redis-server", "--port", server.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with workshop.running("redis", command) as process:
        client.until(server.commands, process)
        yield server

