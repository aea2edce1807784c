"""Good calls beside a flood of forged tokens, and beside the same flood of requests without any credential."""
import contextlib
import json
import os
import re
import subprocess
import urllib.request

from . import client, workshop
from .report import aims, say, table

PEERS = set()
GOOD, FLOOD = 1_000, 5_000  # requests a second
WARMING = 2
TOTAL = 500  # failed verifications a second that all addresses may cause together, and as many at once
ONE, INTERVAL = 50, 2  # those of one address at once, and the seconds after which it may cause one more
ANONYMOUS = "no credential"
SHAPES = {ANONYMOUS: "none", "no token": "garbage", "unknown key id": "unknown_key_id", "wrong signature": "wrong_signature",
          "expired, or for another server": "wrong_claims", "wrong signature, a different address each time": "wrong_signature_forwarded"}


def seconds(options):
    return options.rounds * len(SHAPES) * (WARMING + options.seconds + 2) + 2 * len(SHAPES) * options.seconds + 30


def measure(options, samples):
    with served() as server:
        for shape in SHAPES:
            say(f"warming, beside: {shape}")
            server.flood(shape, options.seconds)

        def once(number):
            for shape in SHAPES if number % 2 == 0 else reversed(SHAPES):
                samples.add(shape, **server.flood(shape, options.seconds))
        samples.rounds(options.rounds, once)
    return text(samples)


def text(samples):
    rows = [[shape, f"{samples.median(shape, 'good_p50'):,.0f}", f"{samples.median(shape, 'good_p99'):,.0f}", f"{ratio(samples, shape):.2f}",
             f"{samples.median(shape, 'flood_p99'):,.0f}", f"{samples.median(shape, 'cpu'):.1f}",
             f"{max(samples.values[shape]['verified']):,.0f}", f"{max(samples.values[shape]['budget']):,.0f}"] for shape in SHAPES]
    held = [(f"p99 of good calls beside: {shape}, to that beside: {ANONYMOUS}", "at most", 3, ratio(samples, shape))
            for shape in SHAPES if shape != ANONYMOUS]
    held += [(f"verifications beyond the budget, {shape}", "at most", 0, excess(samples, shape)) for shape in SHAPES]
    held += [("good calls that failed", "at most", 0, sum(sum(figures["failed"]) for figures in samples.values.values())),
             ("requests of the flood that were accepted", "at most", 0, sum(sum(figures["passed"]) for figures in samples.values.values()))]
    title = f"{GOOD:,} good calls a second beside {FLOOD:,} requests a second with"
    return table(title, ["", "p50 µs", "p99 µs", "ratio", "p99 µs of the flood", "server CPU µs for each request", "tokens verified, at most",
                         "budget"], rows) + aims(held)


def ratio(samples, shape):
    return samples.median(shape, "good_p99") / samples.median(ANONYMOUS, "good_p99")


def excess(samples, shape):
    return max(max(0, verified - budget) for verified, budget in zip(samples.values[shape]["verified"], samples.values[shape]["budget"]))


# ---- the server and its load -----------------------------------------------------------------------------------------

@contextlib.contextmanager
def served():
    """The program with an issuer of tokens, which is the load itself, on one core."""
    port = client.free_port()
    with loading(port) as load:
        issuer = json.dumps([{"issuer": load.issuer, "jwks-url": f"{load.issuer}/keys", "audience": load.audience}])
        command = workshop.shipped(port, f"auth.issuers={issuer}", "auth.api-keys-file=none.json", "outbound.allowed=127.0.0.1",
                                   "limits.rate.principal-tool=1000000/s", "limits.rate.principal=1000000/s",
                                   "http.proxies.trusted=127.0.0.1", "metrics.public=true")
        with client.serving("flood", command, port) as pid:
            yield Flooded(load, pid, port)


class Flooded:
    def __init__(self, load, pid, port):
        self.load, self.pid, self.port, self.sent = load, pid, port, 0

    def flood(self, shape, length):
        """Figures of one load; every forged token of it is a new one."""
        verified, used = self.verified(), client.cpu_seconds(self.pid)
        said = self.load.ask(f"flood {GOOD} {SHAPES[shape]} {FLOOD} {WARMING} {length} {self.sent}")
        span = WARMING + length
        self.sent += FLOOD * span
        figures = {name: float(value) for name, value in re.findall(r"(\w+)=(\d+)", said.split(" good:")[0])}
        good, flood = (dict(re.findall(r"s(\d+)=(\d+)", part)) for part in said.split(" good:")[1].split(" flood:"))
        say(f"{shape}: {said}")
        return {**figures, "cpu": (client.cpu_seconds(self.pid) - used) * 1e6 / ((GOOD + FLOOD) * span),
                "failed": GOOD * span - int(good.get("200", 0)), "passed": int(flood.get("200", 0)),
                "verified": self.verified() - verified, "budget": budget(shape, span)}

    def verified(self):
        """The counter of verifications."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as page:
            return float(re.search(r"^mcp_auth_verifications_total(?:\{\})? (\S+)", page.read().decode(), re.M)[1])


def budget(shape, span):
    """The verifications that the flood may cause: as many at once, and then one in each interval. One more is that of the good token."""
    many = SHAPES[shape].endswith("forwarded")
    return 1 + (TOTAL + TOTAL * (span + 1) if many else ONE + (span + 1) / INTERVAL)


@contextlib.contextmanager
def loading(port):
    """CredentialLoad, pinned to the last core."""
    audience = f"http://127.0.0.1:{port}/mcp"
    command = ["taskset", "-c", (os.cpu_count() or 1) - 1, workshop.java, "-Xmx512m", "-XX:+UseSerialGC", *workshop.QUIET, "-cp",
               workshop.CLASS_PATH, f"{workshop.PACKAGE}.CredentialLoad", port, audience]
    with workshop.running("flood load", command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        load = Load(process, audience)
        load.issuer = load.line().removeprefix("issuer=")
        yield load


class Load:
    """A running CredentialLoad, which also issues the tokens."""

    def __init__(self, process, audience):
        self.process, self.audience, self.issuer = process, audience, ""

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.line()

    def line(self):
        said = self.process.stdout.readline().strip()
        if not said:
            raise workshop.Stop(f"the load ended; see {workshop.OUT}/flood-load.log")
        return said
