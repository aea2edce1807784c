"""A small MCP client over HTTP, and the load generators."""
import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import time
from pathlib import Path

from . import workshop
from .workshop import Stop

CONNECTIONS = 64
INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
    "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "load", "version": "1"}}}
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "load", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}
ECHO = {"message": "hello world"}


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def post(port, message, fields=None):
    """Status, session id and body of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/mcp", json.dumps(message), {
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream", **(fields or {})})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, answer.getheader("Mcp-Session-Id"), text


def call(wire, tool, arguments, session=None):
    """The message and the header fields of a tools/call."""
    params = {"name": tool, "arguments": arguments}
    fields = {"MCP-Protocol-Version": "2025-11-25", **({"Mcp-Session-Id": session} if session else {})}
    if wire == "modern":
        params["_meta"] = META
        fields = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": tool}
    return {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params}, fields


def raw(port, message, fields):
    """The bytes of a request."""
    body = json.dumps(message)
    fields = {**fields, "Host": f"127.0.0.1:{port}", "Content-Type": "application/json",
              "Accept": "application/json, text/event-stream", "Content-Length": len(body)}
    return "\r\n".join(["POST /mcp HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", body]).encode()


def expect(port, wire, tool, arguments, expected, session=None, credential=None):
    message, fields = call(wire, tool, arguments, session)
    status, _, text = post(port, message, {**fields, **({"Authorization": f"Bearer {credential}"} if credential else {})})
    if status != 200 or expected.encode() not in text:
        raise Stop(f"{wire} {tool} on port {port} answered {status} {text[:300]}")
    return text


def until(met, process, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Stop(f"{workshop.shown(process.args)} ended; its log is in {workshop.OUT}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            return met()
        time.sleep(0.001)
    raise Stop(f"{workshop.shown(process.args)} did not answer")


@contextlib.contextmanager
def serving(name, command, port):
    """A server that answers; gives its process id."""
    with workshop.running(name, command) as process:
        until(lambda: post(port, INITIALIZE), process)
        yield process.pid


def sessions(port, count):
    return [post(port, INITIALIZE)[1] for _ in range(count)]


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(port, pid, wire, tool, ids, seconds, connections=CONNECTIONS, **more):
    """One run of wrk: requests a second, p50 and p99 in microseconds, server CPU microseconds for each request."""
    environment = {**os.environ, "WIRE": wire, "TOOL": tool, "SESSIONS": ",".join(ids), **more}
    before = cpu_seconds(pid)
    said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", workshop.BENCH / "call.lua",
                           f"http://127.0.0.1:{port}/mcp"], env=environment, capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pid) - before
    requests, micros, p50, p99, errors = map(int, re.search(r"FIGURES (.*)", said)[1].split())
    if errors or not requests:
        raise Stop(f"{errors} of {requests} requests failed on port {port} ({wire}, {tool})")
    return {"rps": requests / micros * 1e6, "p50": p50, "p99": p99, "cpu": used * 1e6 / requests, "requests": requests}


def offered(port, wire, tool, session, rate, seconds):
    """One run of RateLoad: p50, p99 and the longest time in microseconds, at a fixed rate of requests."""
    message, fields = call(wire, tool, ECHO, session)
    request = workshop.OUT / "request"
    request.write_bytes(raw(port, {**message, "id": 100_000_000}, fields))
    return workshop.figures("RateLoad", port, rate, max(2, seconds // 3), seconds, CONNECTIONS, request)
