"""Single steps of a call, measured by JMH."""
import json
import subprocess

from . import workshop
from .report import aims, table

PEERS = set()
BENCHMARKS = 20
LIMITS = {"GuardBenchmark.apiKey": 800, "GuardBenchmark.verifiedToken": 1_200}  # nanoseconds


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
    runs = {run["benchmark"].split(".micro.")[1]: run for run in json.loads(result.read_text())}
    rows = [[name, f"{run['primaryMetric']['score']:,.0f}", f"{error(run):,.0f}" if error(run) else "",
             f"{run['secondaryMetrics']['gc.alloc.rate.norm']['score']:,.0f}"] for name, run in runs.items()]
    held = [(f"{name}, ns plus error", "at most", limit, runs[name]["primaryMetric"]["score"] + error(runs[name]))
            for name, limit in LIMITS.items()]
    return table("Single steps, in one thread and without a network", ["benchmark", "ns", "±", "bytes allocated"], rows) + aims(held)


def error(run):
    """The error of the score; zero if there were too few iterations to tell."""
    value = run["primaryMetric"]["scoreError"]
    return value if isinstance(value, float) and value == value else 0
