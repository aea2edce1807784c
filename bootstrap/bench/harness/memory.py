"""The heap that a query with a huge result needs."""
import contextlib
import http.client
import math
import re
import subprocess
from pathlib import Path

from . import backends, client, workshop
from .dataserver import Conversation, Server
from .report import aims, say, table
from .sessions import live_heap

PEERS = set()
ROWS = {"a number": "SELECT generate_series(1, 10000000) AS n",
        "1,000 characters": "SELECT generate_series(1, 10000000) AS n, repeat('x', 1000) AS t",
        "100,000 characters": "SELECT generate_series(1, 10000000) AS n, repeat('x', 100000) AS t"}
SMALL = "SELECT generate_series(1, 3) AS n"
EXTRA = (64, 32, 16, 8, 4, 2, 1)  # MiB
WARM = 200
UNCOLLECTED = ["-Xmx3g", "-Xmn2g", "-XX:TLABSize=16k", "-XX:-ResizeTLAB"]  # nothing is collected, and threads take little in advance


def seconds(options):
    return 60


def measure(options, samples):
    calls = 5 if options.quick else 20
    with backends.postgres() as postgres:
        with serving(postgres, *UNCOLLECTED) as server:
            talk = Conversation(server)
            for _ in range(WARM):
                ask(talk, SMALL)
            idle = live_heap(server.pid)
            made = {name: allocated(server, talk, query, calls) for name, query in ROWS.items()}
        enough = {name: smallest(postgres, idle, name, query, calls) for name, query in ROWS.items()}
    rows = [[name, f"{shown:,}", f"{size / 1e6:.2f}", f"{each / 1e6:.1f}", enough[name]] for name, (shown, size, each) in made.items()]
    return table(f"Ten million rows asked for with the default limits; live heap of the idle server: {idle / 2**20:.0f} MiB",
                 ["each row holds", "rows given", "answer, MB", "allocated for a call, MB", "heap that is enough, MiB beyond idle"],
                 rows) + aims([("heap that is enough, in MiB beyond idle", "at most", 64, max(enough.values()))])


@contextlib.contextmanager
def serving(postgres, *heap):
    """The distribution, as in production, with a heap of this size."""
    port = client.free_port()
    command = [workshop.java, *heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", *workshop.QUIET,
               "-jar", workshop.DIST / "breakwater.jar", "serve", "--port", port, "--set", f"database.url={postgres.url('guest')}"]
    with client.serving("memory", command, port) as pid:
        yield Server(port, pid)


def ask(talk, query):
    """How many rows came, and how many bytes."""
    text = talk.call("execute_query", {"query": query})[1]
    return int(re.search(rb'"row_count":(\d+)', text)[1]), len(text)


def allocated(server, talk, query, calls):
    """Rows and bytes of the answer, and bytes allocated for one call."""
    shown = ask(talk, query)
    before = used(server.pid)
    for _ in range(calls):
        ask(talk, query)
    return *shown, (used(server.pid) - before) / calls


def used(pid):
    """Bytes of heap in use, garbage included."""
    jcmd = Path(workshop.java).with_name("jcmd")
    said = subprocess.run([jcmd, str(pid), "GC.heap_info"], capture_output=True, text=True, check=True).stdout
    return sum(1024 * int(kibibytes) for kibibytes in re.findall(r"used (\d+)K", said.split("Metaspace")[0]))


def smallest(postgres, idle, name, query, calls):
    """The smallest of the heaps tried in which every call is answered."""
    enough = math.inf
    for extra in EXTRA:
        say(f"memory: {name}, {extra} MiB beyond idle")
        try:
            with serving(postgres, f"-Xmx{math.ceil(idle / 2**20) + extra}m") as server:
                talk = Conversation(server)
                for _ in range(calls):
                    ask(talk, query)
        except (workshop.Stop, OSError, http.client.HTTPException) as reason:
            say(f"memory: too little: {reason}")
            break
        enough = extra
    return enough
