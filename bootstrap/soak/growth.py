"""Requests that all differ: the live heap of the server must not grow with their number."""
import collections, time

from load import told
from report import say

STEPS = 10
GROWTH = 3 << 20
ENOUGH = 1_000_000  # requests, a tenth of which fills what has a limit
FILLING = 1 << 10  # bytes that each request may add as long as nothing is full
FIRST = 1_000  # requests with lower numbers are for warming up


class Memory:
    """What the server remembers: the live heap, and the number of the objects of some classes."""

    def __init__(self, server, classes):
        self.server, self.classes = server, classes

    async def look(self):
        """Collects all garbage first."""
        objects = await self.server.histogram()
        counts = {name: objects.get(kind, (0, 0))[0] for name, kind in self.classes.items()}
        return sum(size for _, size in objects.values()), counts


async def flat(part, memory, load, what, command, expected, count, between=None, fills=True):
    """
    Sends the requests in ten steps, and looks at the heap after each. The first step fills what has a limit, if there are
    enough requests; `fills` says that it must do so. The heap in the last quarter of the others must be that of their first
    quarter. Calls `between` after each step with the requests so far.
    """
    statuses, heaps, begin = collections.Counter(), [], time.monotonic()
    for step in range(STEPS):
        sent = await load.send(command, FIRST + count * step // STEPS, FIRST + count * (step + 1) // STEPS)
        statuses.update(sent)
        heap, counts = await memory.look()
        heaps.append(heap)
        say(f"          {statuses.total():,} of {count:,} {what}: {kib(heap)} KiB, {time.monotonic() - begin:.0f} s")
        if between:
            await between(statuses.total())
    first, last = quarters(heaps[1:])
    seconds = time.monotonic() - begin
    good = statuses.total() == count and set(statuses) <= expected
    part.check(good, f"{count:,} {what}", f"{told(statuses)}; {seconds:.0f} s")
    remembered = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    allowed = GROWTH + (FILLING * count if fills and count < ENOUGH else 0)
    part.check(last - first <= allowed, "  live heap, first quarter to last", f"{kib(first)} to {kib(last)} KiB; {remembered}")


def quarters(values):
    """The means of the first and of the last quarter."""
    size = max(1, len(values) // 4)
    return sum(values[:size]) / size, sum(values[-size:]) / size


def kib(number):
    return f"{number / 1024:,.0f}"
