"""The latency of calls of a service whose instances are all down."""
import contextlib
import signal
import time

from . import client, upstream, workshop
from .report import aims, table

PEERS = set()
INSTANCES = 4
RATE = 500  # calls a second
STATES = {"open": ("breakers open, without health checks", (f"services.{upstream.SERVICE}.health.enabled=false",)),
          "unhealthy": ("health checks failed", ())}


def seconds(options):
    return options.rounds * len(STATES) * (2 * options.seconds + 12)


def measure(options, samples):
    def once(number):
        for state in STATES if number % 2 == 0 else reversed(STATES):
            samples.add(state, **down(options, state))
    samples.rounds(options.rounds, once)
    rows = [[shown, *(f"{samples.median(state, figure):.2f}" for figure in ("p50", "p99", "longest")), f"{samples.median(state, 'number'):,.0f}"]
            for state, (shown, _) in STATES.items()]
    return table(f"All of {INSTANCES} instances down: {RATE} refused calls/s, warm", ["", "p50 ms", "p99 ms", "longest, ms", "calls"], rows) + aims([
        (f"{figure} of refused calls, {shown}, in ms", "at most", 5, samples.median(state, figure))
        for state, (shown, _) in STATES.items() for figure in ("p50", "p99")])


def down(options, state):
    """The latency of refused calls while all instances are in this state, of which the pause of a breaker is a minute."""
    with contextlib.ExitStack() as programs:
        instances = [programs.enter_context(upstream.instance()) for _ in range(INSTANCES)]
        port = client.free_port()
        programs.enter_context(client.serving("refused", workshop.shipped(port, upstream.urls(instances), *STATES[state][1], *upstream.UNLIMITED), port))
        client.expect(port, "modern", "api_request", upstream.REQUEST, upstream.EXPECTED)
        for one in instances:
            one.send(signal.SIGKILL)
        until_all(port, state)
        load = programs.enter_context(upstream.load("refused", port, RATE, 2 * options.seconds))
        calls = load.calls()
        check_all(port, state)
        counted = [call for call in calls if call.due >= calls[0].due + options.seconds]
        if any(call.outcome != "error" for call in counted):
            raise workshop.Stop("a call was not refused by the tool")
        return {"p50": upstream.percentile(counted, 0.5), "p99": upstream.percentile(counted, 0.99), "longest": upstream.percentile(counted, 1),
                "number": len(counted)}


def until_all(port, state):
    """Calls until no instance is available: five failures open each breaker."""
    message, fields = client.call("modern", "api_request", upstream.REQUEST)
    end = time.monotonic() + 30
    while in_state(port, state) < INSTANCES:
        if time.monotonic() > end:
            raise workshop.Stop(f"not all instances became {state}")
        client.post(port, message, fields)
        time.sleep(0.05)
    client.expect(port, "modern", "api_request", upstream.REQUEST, f"No instance of {upstream.SERVICE} is available")


def check_all(port, state):
    if in_state(port, state) < INSTANCES:
        raise workshop.Stop(f"not all instances stayed {state}")


def in_state(port, state):
    return upstream.metric(port, "mcp_service_instances", service=upstream.SERVICE, state=state)
