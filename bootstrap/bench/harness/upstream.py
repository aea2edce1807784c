"""A service that the measured server calls, and loads whose calls are written down one by one."""
import contextlib
import math
import re
import signal
import urllib.request
from dataclasses import dataclass

from . import client, workshop

SERVICE = "shop"
REQUEST = {"service": SERVICE, "method": "GET", "endpoint": "/orders/17"}
EXPECTED = '"item":"lamp"'
UNLIMITED = ("auth.enabled=false", "limits.rate.principal-tool=1000000/s", "limits.rate.principal=1000000/s", "metrics.public=true")


@dataclass(frozen=True)
class Instance:
    port: int
    process: object

    def send(self, number):
        self.process.send_signal(number)

    def checks(self):
        """How many health checks it has answered."""
        return int(get(self.port, "/checks"))


@contextlib.contextmanager
def instance(delay=0, host="127.0.0.1"):
    """A service in a process of its own, which answers after that many milliseconds."""
    port = client.free_port()
    with workshop.running("upstream", workshop.bare("BareService", host, port, delay)) as process:
        client.until(lambda: get(port, "/checks"), process)
        try:
            yield Instance(port, process)
        finally:
            process.send_signal(signal.SIGCONT)  # one that is frozen could not end


def urls(instances):
    return f"services.{SERVICE}.urls=" + ",".join(f"http://127.0.0.1:{one.port}" for one in instances)


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def metric(port, name, **labels):
    """The value of a metric that the server shows for Prometheus."""
    for labelled, value in re.findall(rf"^{name}(?:{{(.*?)}})? (\S+)$", get(port, "/metrics"), re.M):
        if all(f'{label}="{text}"' in labelled for label, text in labels.items()):
            return float(value)
    raise workshop.Stop(f"there is no metric {name} {labels}")


# ---- loads ---------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Timed:
    """A call: when it was due, in seconds of the time of day; its milliseconds; its outcome."""
    due: float
    took: float
    outcome: str

    @property
    def good(self):
        return self.outcome == "success"

    @property
    def end(self):
        return self.due + self.took / 1e3


class load(contextlib.AbstractContextManager):
    """A TimedLoad of api_request, which runs until the end of the block or the end of its time."""

    def __init__(self, name, port, rate, seconds):
        message, fields = client.call("modern", "api_request", REQUEST)
        request, self.file = workshop.OUT / f"{name}.request", workshop.OUT / f"{name}.calls"
        request.write_bytes(client.raw(port, message, fields))
        self.context = workshop.running(f"{name} load", workshop.ours("TimedLoad", port, rate, seconds, request, self.file))

    def __enter__(self):
        self.process = self.context.__enter__()
        return self

    def __exit__(self, *reason):
        return self.context.__exit__(*reason)

    def calls(self):
        """All calls, when the last of them has ended."""
        if self.process.wait():
            raise workshop.Stop(f"{workshop.shown(self.process.args)} failed; its log is in {workshop.OUT}")
        lines = (line.split(",") for line in self.file.read_text().split())
        return [Timed(int(due) / 1e6, int(took) / 1e3, outcome) for due, took, outcome in lines]


def percentile(calls, part):
    """Of the milliseconds of the calls."""
    times = sorted(call.took for call in calls)
    return times[max(0, math.ceil(len(times) * part) - 1)] if times else math.nan
