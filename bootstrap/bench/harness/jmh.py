"""Single steps of a call, measured by JMH."""
import json
import subprocess

from . import workshop
from .report import table

PEERS = set()
BENCHMARKS = 10


def seconds(options):
    return BENCHMARKS * (5 if options.quick else 12)


def measure(options, samples):
    result = workshop.OUT / "jmh.json"
    rounds = ["-wi", "1", "-i", "2"] if options.quick else ["-wi", "5", "-i", "5"]
    with open(workshop.OUT / "jmh.log", "w") as log:
        done = subprocess.run([workshop.java, *workshop.QUIET, "-cp", f"{workshop.CLASS_PATH}:{workshop.OUT}/jmh/*", "org.openjdk.jmh.Main",
                               "-f", "1", *rounds, "-w", "1", "-r", "1", "-bm", "avgt", "-tu", "ns", "-prof", "gc",
                               "-jvmArgsAppend", " ".join(workshop.HEAP + workshop.QUIET),
                               "-rf", "json", "-rff", result, f"^{workshop.PACKAGE}"], stdout=log, stderr=log)
    if done.returncode:
        raise workshop.Stop(f"JMH failed; see {workshop.OUT}/jmh.log")
    rows = [[run["benchmark"].split(".micro.")[1], f"{run['primaryMetric']['score']:,.0f}", spread(run["primaryMetric"]),
             f"{run['secondaryMetrics']['gc.alloc.rate.norm']['score']:,.0f}"] for run in json.loads(result.read_text())]
    return table("Single steps, in one thread and without a network", ["benchmark", "ns", "±", "bytes allocated"], rows)


def spread(metric):
    error = metric["scoreError"]
    return f"{error:,.0f}" if isinstance(error, float) and error == error else ""
