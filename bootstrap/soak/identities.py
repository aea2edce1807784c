"""A million credentials and key ids, all different: what the server remembers about them has a limit."""
import contextlib, json

from growth import FIRST, Memory, flat, kib
from load import loading, told
from report import Part
from server import Server

PORT = 24795
HEAP = "256m"
AUDIENCE = f"http://127.0.0.1:{PORT}/mcp"
AUTHENTICATION = "io.breakwater.core.{}.authentication.{}".format
REMEMBERED = {"tokens": AUTHENTICATION("business", "VerifiedTokens$VerifiedToken"), "digests": AUTHENTICATION("business", "Sha256Digest"),
              "sources of failures": AUTHENTICATION("data", "FailureCounter"), "rate limits": "io.breakwater.core.data.ratelimit.Bucket",
              "principals": "io.breakwater.port.Principal"}
REFUSED, ACCEPTED = {"401", "429", "503"}, {"200"}
KEY_SIGNED_PART = 50  # of the tokens: the load takes a hundred times as long for a signature with a key as with a secret
CASES = [
    ("tokens with a wrong signature", "distinct wrong_signature"),
    ("tokens with unknown key ids", "distinct unknown_key_id"),
    ("texts that are no tokens", "distinct garbage"),
    ("ids of API keys", "distinct api_key_id"),
]


async def run(options):
    part = Part(f"{options.calls:,} different credentials and key ids in turn; heap of {HEAP}")
    async with guarded() as (load, server):
        memory = Memory(server, REMEMBERED)
        await large(part, memory, load, options.calls // 10)  # before the address of the load is locked out
        await flat(part, memory, load, "valid tokens of different users, signed with a secret (HS256)", "distinct valid_by_secret",
                   ACCEPTED, options.calls)
        await flat(part, memory, load, "further ones, signed with a key (ES256)", "distinct valid", ACCEPTED,
                   options.calls // KEY_SIGNED_PART, fills=False)
        for what, command in CASES:
            await flat(part, memory, load, what, command, REFUSED, options.calls)
        _, counts = await memory.look()
        part.check(all(counts.values()), "the server remembers some of each", ", ".join(f"{n:,} {name}" for name, n in counts.items()))
        part.check(server.alive(), "the process lives", f"{server.resident():,.0f} MiB resident")
    return part


async def large(part, memory, load, count):
    statuses = await load.send("distinct valid_large", FIRST, FIRST + count)
    heap, counts = await memory.look()
    part.check(statuses == {"200": count}, f"{count:,} valid tokens with 4 KiB of claims", told(statuses))
    part.check(heap <= 64 << 20, "  live heap", f"{kib(heap)} KiB; {counts['tokens']:,} tokens")


@contextlib.asynccontextmanager
async def guarded():
    """Yields a load that issues tokens, and a server that accepts them, behind a proxy on this machine."""
    async with loading("CredentialLoad", PORT, AUDIENCE) as load:
        issuer, secret = load.greeting.removeprefix("issuer="), await load.ask("secret")
        issuers = [{"issuer": issuer, "jwks-url": f"{issuer}/keys", "audience": AUDIENCE}]
        rules = [{"name": "users echo", "effect": "allow", "tools": ["echo*"], "roles": ["analyst"]}]
        async with Server.with_tools(
                PORT, f"auth.issuers={json.dumps(issuers)}", f"auth.jwt-secret={secret}", f"auth.jwt-audience={AUDIENCE}",
                f"access.rules={json.dumps(rules)}", "auth.api-keys-file=none.json", "outbound.allowed=127.0.0.1",
                "http.proxies.trusted=127.0.0.1", heap=HEAP) as server:
            await load.send("distinct valid_by_secret", 0, FIRST)
            yield load, server
