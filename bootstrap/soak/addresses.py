"""A million addresses of callers, all different: those of connections, and those that a trusted proxy names."""
from growth import Memory, flat
from identities import HEAP, REFUSED, REMEMBERED, guarded
from report import Part

CASES = [
    ("addresses in X-Forwarded-For, each with a wrong API key", "distinct api_key_forwarded"),
    ("addresses in X-Forwarded-For, each with a forged token", "distinct wrong_signature_forwarded"),
    ("addresses of connections (127.0.0.0/8), each with a wrong API key", "addresses"),
]


async def run(options):
    part = Part(f"{options.calls:,} different addresses in turn; heap of {HEAP}")
    async with guarded() as (load, server):
        memory = Memory(server, REMEMBERED)
        for what, command in CASES:
            await flat(part, memory, load, what, command, REFUSED, options.calls)
        part.check(server.alive(), "the process lives", f"{server.resident():,.0f} MiB resident")
    return part
