"""The servers that are loaded over HTTP: Breakwater, the bare servers to compare with, and other MCP servers."""
import contextlib
from dataclasses import dataclass, field

from . import client, workshop
from .report import say


@dataclass
class Lane:
    name: str
    server: str
    wire: str
    tool: str
    against: str | None = None
    keeps_sessions: bool = False
    port: int = 0
    pid: int = 0
    ids: list = field(default_factory=list)

    def load(self, seconds):
        return client.load(self.port, self.pid, self.wire, self.tool, self.ids, seconds)

    def offered(self, rate, seconds):
        return client.offered(self.port, self.wire, self.tool, self.ids[0] if self.ids else None, rate, seconds)


def _lanes():
    for lane, tool in ("inline", "echo"), ("virtual", "echo_vt"):
        for wire in "legacy", "modern":
            bare = f"bare {lane}, {wire}"
            yield Lane(bare, f"bare {lane}", wire, "echo")
            yield Lane(f"ours {lane}, {wire}", "ours", wire, tool, bare, keeps_sessions=wire == "legacy")
    if workshop.has("quarkus"):
        yield Lane("Quarkus non-blocking, legacy", "quarkus", "legacy", "echo", "bare inline, legacy", keeps_sessions=True)
        yield Lane("Quarkus virtual thread, legacy", "quarkus", "legacy", "echo_vt", "bare virtual, legacy", keeps_sessions=True)
    if workshop.has("java-sdk"):
        yield Lane("Java SDK, legacy", "java-sdk", "legacy", "echo", "bare virtual, legacy")


def _command(server, port):
    return {"ours": lambda: [workshop.BENCH / "serve", port],
            "bare inline": lambda: workshop.bare("BareHttp", port, "inline"),
            "bare virtual": lambda: workshop.bare("BareHttp", port, "virtual"),
            "quarkus": lambda: workshop.quarkus(port),
            "java-sdk": lambda: workshop.java_sdk("Http", port)}[server]()


@contextlib.contextmanager
def all_served(seconds):
    """Every lane, its server started and warm."""
    lanes = list(_lanes())
    with contextlib.ExitStack() as servers:
        started, answers = {}, {}
        for lane in lanes:
            if lane.server not in started:
                port = client.free_port()
                started[lane.server] = port, servers.enter_context(client.serving(lane.server, _command(lane.server, port), port))
            lane.port, lane.pid = started[lane.server]
            lane.ids = client.sessions(lane.port, client.CONNECTIONS) if lane.keeps_sessions else []
            answers[lane.name] = client.expect(
                lane.port, lane.wire, lane.tool, client.ECHO, client.ECHO["message"], lane.ids[0] if lane.ids else None)
            if lane.server == "ours" and answers[lane.name] != answers[lane.against]:
                raise client.Stop(f"{lane.name} answers {answers[lane.name]}, but {lane.against} {answers[lane.against]}")
        for lane in lanes:
            say(f"warming {lane.name}")
            lane.load(seconds)
        yield lanes
