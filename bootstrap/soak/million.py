"""A million calls on stdio on virtual threads, 64 in flight: each is answered. The load is that of the benchmarks."""
import asyncio, re, subprocess

from report import Part
from server import DIST, ROOT, java_home

WINDOW = 64


async def run(options):
    part = Part(f"{options.calls:,} calls on stdio, {WINDOW} in flight")
    classes = f"{ROOT}/bootstrap/target/test-classes:{DIST}/breakwater.jar:{DIST}/lib/*"
    command = [f"{java_home()}/bin/java", "-cp", classes, "io.breakwater.bootstrap.bench.StdioLoad", options.calls, WINDOW, "echo_vt",
               ROOT / "bootstrap/bench/stdio"]
    done = await asyncio.to_thread(subprocess.run, [str(word) for word in command], capture_output=True, text=True)
    found = dict(re.findall(r"(\w+)=(\S+)", done.stdout))
    part.check(int(found.get("answered", 0)) == options.calls, "answered", f"{int(found.get('answered', 0)):,}{done.stderr[-300:]}")
    part.check(found.get("ended") == "true", "the process ends with its input", f"{float(found.get('calls_per_second', 0)):,.0f} calls a second")
    return part
