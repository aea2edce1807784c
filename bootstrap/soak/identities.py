"""A million credentials, key ids and addresses, all different: what the server remembers about them has a limit."""
import asyncio, contextlib, json, os, re

from report import Part
from server import DIST, OUT, ROOT, Server, java_home

PORT = 24795
HEAP = "256m"
GROWTH = 3 << 20
AUTHENTICATION = "io.breakwater.core.{}.authentication.{}".format
REMEMBERED = {"tokens": AUTHENTICATION("business", "VerifiedTokens$VerifiedToken"), "digests": AUTHENTICATION("business", "Sha256Digest"),
              "sources of failures": AUTHENTICATION("data", "FailureCounter"), "rate limits": "io.breakwater.core.data.ratelimit.Bucket",
              "principals": "io.breakwater.port.Principal"}
REFUSED, ACCEPTED = {"401", "429", "503"}, {"200"}
CASES = [
    ("valid tokens of different users", "distinct valid", ACCEPTED),
    ("tokens with a wrong signature", "distinct wrong_signature", REFUSED),
    ("tokens with unknown key ids", "distinct unknown_key_id", REFUSED),
    ("texts that are no tokens", "distinct garbage", REFUSED),
    ("ids of API keys", "distinct api_key_id", REFUSED),
    ("addresses in X-Forwarded-For, each with a wrong API key", "distinct api_key_forwarded", REFUSED),
    ("addresses in X-Forwarded-For, each with a forged token", "distinct wrong_signature_forwarded", REFUSED),
    ("addresses of connections, each with a wrong API key", "addresses", REFUSED),
]


async def run(options):
    part = Part(f"{options.calls:,} different credentials, key ids and addresses in turn; heap of {HEAP}")
    async with loading() as load, served(load.issuer) as server:
        await load.ask("distinct valid 0 500")
        start, counts = await remembered(server)
        part.check(True, "live heap at the start", told(start, counts))
        await large(part, server, load, options.calls // 10)  # before the address of the load is locked out
        for what, command, expected in CASES:
            await flat(part, server, load, f"{options.calls:,} {what}", command, expected, options.calls)
        _, counts = await remembered(server)
        part.check(all(counts.values()), "the server remembers some of each", told_counts(counts))
        part.check(server.alive(), "the process lives", f"{server.resident():,.0f} MiB resident")
    return part


async def flat(part, server, load, what, command, expected, count):
    """The first tenth fills what has a limit; the others must not add to it."""
    first = await load.ask(f"{command} 1000 {1_000 + count // 10}")
    before, _ = await remembered(server)
    rest = await load.ask(f"{command} {1_000 + count // 10} {1_000 + count}")
    after, counts = await remembered(server)
    statuses = collect(first, rest)
    part.check(sum(statuses.values()) == count and set(statuses) <= expected, what, ", ".join(f"{n:,} x {s}" for s, n in statuses.items()))
    part.check(after - before <= GROWTH, "  live heap after a tenth of them, and after all", f"{before / 1024:,.0f} KiB; {told(after, counts)}")


async def large(part, server, load, count):
    statuses = collect(await load.ask(f"distinct valid_large 1000 {1_000 + count}"))
    heap, counts = await remembered(server)
    part.check(statuses == {"200": count}, f"{count:,} valid tokens with 4 KiB of claims", statuses)
    part.check(heap <= 64 << 20, "  live heap", told(heap, counts))


def collect(*answers):
    statuses = {}
    for status, number in re.findall(r"s(\d+)=(\d+)", " ".join(answers)):
        statuses[status] = statuses.get(status, 0) + int(number)
    return statuses


def told(heap, counts):
    return f"{heap / 1024:,.0f} KiB; {told_counts(counts)}"


def told_counts(counts):
    return ", ".join(f"{number:,} {name}" for name, number in counts.items())


async def remembered(server):
    """The live heap in bytes, and the number of the objects that are remembered."""
    objects = await server.histogram()
    return sum(size for _, size in objects.values()), {name: objects.get(kind, (0, 0))[0] for name, kind in REMEMBERED.items()}


def served(issuer):
    issuers = [{"issuer": issuer, "jwks-url": f"{issuer}/keys", "audience": AUDIENCE}]
    rules = [{"name": "users echo", "effect": "allow", "tools": ["echo*"], "roles": ["analyst"]}]
    return Server.with_tools(PORT, f"auth.issuers={json.dumps(issuers)}", f"access.rules={json.dumps(rules)}", "auth.api-keys-file=none.json",
                             "outbound.allowed=127.0.0.1", "http.proxies.trusted=127.0.0.1", "metrics.public=true", heap=HEAP)


AUDIENCE = f"http://127.0.0.1:{PORT}/mcp"


@contextlib.asynccontextmanager
async def loading():
    classes = f"{ROOT}/bootstrap/target/test-classes:{ROOT}/adapter-http/target/test-classes:{DIST}/breakwater.jar:{DIST}/lib/*"
    with open(OUT / "identities-load.log", "w") as log:
        process = await asyncio.create_subprocess_exec(
            f"{java_home()}/bin/java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", classes, "io.breakwater.bootstrap.bench.CredentialLoad",
            str(PORT), AUDIENCE, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, cwd=OUT, env=dict(os.environ))
        try:
            load = Load(process)
            load.issuer = (await load.line()).removeprefix("issuer=")
            yield load
        finally:
            process.kill()
            await process.wait()


class Load:
    """A running CredentialLoad, which is also the issuer of the tokens."""

    def __init__(self, process):
        self.process, self.issuer = process, ""

    async def ask(self, command):
        self.process.stdin.write((command + "\n").encode())
        return await self.line()

    async def line(self):
        said = (await self.process.stdout.readline()).decode().strip()
        assert said, f"the load ended; see {OUT}/identities-load.log"
        return said
