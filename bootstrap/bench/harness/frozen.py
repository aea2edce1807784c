"""Latency and goodput of a service with four instances, one of which freezes."""
import contextlib
import signal
import time
from dataclasses import dataclass

from . import client, curve, upstream, workshop
from .report import aims, say, table

PEERS = set()
INSTANCES = 4
RATE, DELAY = 400, 5  # calls a second; milliseconds of the service for each
ATTEMPT, PAUSE = 10, 1  # seconds: attempt-timeout, and the longest pause before the first repetition
SETTLED = 3  # seconds after the freeze
LONG = 1_000  # milliseconds, which only a call that has met the frozen instance takes
BEFORE, MINUTE = 10, 60
ROUNDS = 3


def rounds(options):
    return min(ROUNDS, options.rounds)


def warm(options):
    return 3 if options.quick else 15


def after(options):
    """The seconds of load after the freeze."""
    return 15 if options.quick else MINUTE + 5


def seconds(options):
    return rounds(options) * (warm(options) + BEFORE + after(options) + 12)


def measure(options, samples):
    runs = []

    def once(number):
        run = frozen(options)
        runs.append(run)
        before, settled, stuck = run.before(), run.settled(), run.stuck()
        samples.add("before", **figures(before))
        samples.add("settled", **figures(settled))
        samples.add("at once", **figures(run.between(0, SETTLED)))
        samples.add("stuck", number=len(stuck), failed=failed(stuck), longest=max((call.took for call in stuck), default=0) / 1e3)
        samples.add("later", long=sum(call.took > LONG for call in settled))
        samples.add("minute", goodput=goodput(run.between(0, MINUTE)), ratio=upstream.percentile(settled, 0.99) / upstream.percentile(before, 0.99))
    samples.rounds(rounds(options), once)
    return text(samples) + pictures(options, runs[0])


@dataclass(frozen=True)
class Run:
    calls: list
    freeze: float

    def between(self, begin, end):
        """The calls that were due in these seconds after the freeze."""
        return [call for call in self.calls if begin <= call.due - self.freeze < end]

    def before(self):
        return [call for call in self.between(-BEFORE, 0) if call.end < self.freeze]

    def settled(self):
        return self.between(SETTLED, MINUTE + SETTLED)

    def stuck(self):
        """The calls that waited for the frozen instance, and began before the others had taken over."""
        return [call for call in self.between(-BEFORE, SETTLED) if call.end > self.freeze and call.took > LONG]


def frozen(options):
    """One run of the load, with a freeze in it."""
    with contextlib.ExitStack() as programs:
        instances = [programs.enter_context(upstream.instance(DELAY)) for _ in range(INSTANCES)]
        port = client.free_port()
        command = workshop.shipped(port, upstream.urls(instances), *upstream.UNLIMITED)
        programs.enter_context(client.serving("frozen", command, port))
        client.expect(port, "modern", "api_request", upstream.REQUEST, upstream.EXPECTED)
        load = programs.enter_context(upstream.load("frozen", port, RATE, warm(options) + BEFORE + after(options)))
        time.sleep(warm(options) + BEFORE)
        freeze = time.time()
        instances[0].send(signal.SIGSTOP)
        say("frozen: one instance is frozen")
        return Run(load.calls(), freeze)


# ---- results -------------------------------------------------------------------------------------------------------

def figures(calls):
    return {"p50": upstream.percentile(calls, 0.5), "p99": upstream.percentile(calls, 0.99), "longest": upstream.percentile(calls, 1),
            "failed": failed(calls), "number": len(calls)}


def failed(calls):
    return sum(not call.good for call in calls)


def goodput(calls):
    return 100 * sum(call.good for call in calls) / len(calls)


def text(samples):
    spans = {"before": f"the {BEFORE} s before the freeze", "at once": f"the {SETTLED} s after it", "settled": f"from then on, {MINUTE} s"}
    rows = [[shown, f"{samples.median(name, 'number'):,.0f}", *(f"{samples.median(name, figure):,.1f}" for figure in ("p50", "p99", "longest")),
             f"{samples.median(name, 'failed'):,.0f}"] for name, shown in spans.items()]
    stuck = [["calls that waited for it, and began within 3 s after the freeze or before it", f"{samples.median('stuck', 'number'):,.0f}"],
             ["of these, failed", f"{samples.median('stuck', 'failed'):,.0f}"],
             ["of these, the longest, s", f"{samples.median('stuck', 'longest'):.2f}"],
             ["calls of more than a second that began later", f"{samples.median('later', 'long'):,.0f}"]]
    limit = round(ATTEMPT + PAUSE + 2 * samples.median("before", "p99") / 1e3, 2)
    return table(f"{RATE} calls/s to {INSTANCES} instances that take {DELAY} ms each; one freezes",
                 ["calls that began in", "calls", "p50 ms", "p99 ms", "longest, ms", "failed"], rows) + "\n" \
        + table("Calls that met the frozen instance", ["", "measured"], stuck) + aims([
            ("p99 of calls that begin 3 s or more after the freeze, to that before it", "at most", 2, samples.median("minute", "ratio")),
            ("goodput of the minute after the freeze, in %", "at least", 95, samples.median("minute", "goodput")),
            ("the longest of the stuck calls, in s: an attempt, a pause and a repetition", "at most", limit, max(samples.values["stuck"]["longest"]))])


def pictures(options, run):
    """Writes the curves of one run beside the results, and into the docs on request; returns the lines that show them there."""
    spans = range(-BEFORE, after(options))
    calls = [run.between(second, second + 1) for second in spans]
    marks = [second if second % 10 == 0 else "" for second in spans]
    parts = {"p50": 0.5, "p99": 0.99, "longest": 1}
    return curve.publish(options, {
        "frozen-latency": curve.chart("Latency, one of four instances frozen at 0", "seconds after the freeze, at which the calls begin", "ms", marks,
                                      {name: [upstream.percentile(some, part) for some in calls] for name, part in parts.items()}, logarithmic=True),
        "frozen-goodput": curve.chart("Goodput, one of four instances frozen at 0", "seconds after the freeze, at which the calls begin", "calls/s", marks,
                                      {"offered": [len(some) for some in calls], "served": [len(some) - failed(some) for some in calls]})})
