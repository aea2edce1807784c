"""The server that is measured with a database and a cache, and its load."""
import contextlib
import http.client
import json
import time
from dataclasses import dataclass, field

from . import client, workshop


def span(options):
    """The seconds of one load: less than in other parts, since there are many loads."""
    return max(2, options.seconds * 3 // 5)


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextlib.contextmanager
def serving(name, postgres, *settings):
    """DataServer with those settings."""
    port = client.free_port()
    command = workshop.ours("DataServer", postgres.url("owner"), f"http.port={port}", "health.interval=1h", *settings)
    with client.serving(name, command, port) as pid:
        yield Server(port, pid)


@dataclass
class Lane:
    name: str
    server: Server
    tool: str
    arguments: str = json.dumps(client.ECHO)
    numbers: range = range(1)
    expect: str | None = None
    wire: str = "modern"
    ids: list = field(default_factory=list)

    def __post_init__(self):
        if self.wire == "legacy":
            self.ids = client.sessions(self.server.port, client.CONNECTIONS)
        known = json.loads(self.arguments.replace("#", str(self.numbers[0])))
        client.expect(self.server.port, self.wire, self.tool, known, self.expect or "hello world", self.ids[0] if self.ids else None)

    def load(self, seconds):
        more = {"ARGUMENTS": self.arguments, "FIRST": str(self.numbers[0]), "COUNT": str(len(self.numbers))}
        if self.expect:
            more["EXPECT"] = self.expect
        return client.load(self.server.port, self.server.pid, self.wire, self.tool, self.ids, seconds, **more)


class Conversation:
    """Calls one after the other on one connection."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

    def call(self, tool, arguments):
        """Microseconds, and the answer."""
        message, fields = client.call("modern", tool, arguments)
        body = json.dumps(message).encode()
        fields |= {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        begin = time.perf_counter()
        self.connection.request("POST", "/mcp", body, fields)
        answer = self.connection.getresponse()
        text = answer.read()
        took = (time.perf_counter() - begin) * 1e6
        if answer.status != 200 or b'"isError":true' in text:
            raise workshop.Stop(f"{tool} {arguments} answered {answer.status} {text[:300]}")
        return took, text
