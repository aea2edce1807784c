"""Servers on standard input and output: start, memory, calls with 64 in flight."""
import json
import re
import subprocess
import time
from pathlib import Path

from . import client, workshop
from .report import aims, say, table
from .startup import ANALYZE

PEERS = {"java-sdk", "typescript"}
WINDOW = 64
IDLE_SECONDS = 10


def seconds(options):
    return (options.starts + 1) * 8 + options.rounds * 4 * 2 * options.seconds + 60


def measure(options, samples):
    text = starts(options, samples)
    return text if samples.interrupted else text + "\n" + calls(options, samples)


def starts(options, samples):
    ours, bare, typescript = "./breakwater stdio", "bare Java loop, same JVM options", "TypeScript SDK on Node.js"
    jvm, cache = workshop.launcher("stdio")
    if not cache.exists():
        ours += ", WITHOUT an AOT cache: there is none"
    echo = "echo", client.ECHO, "hello world"
    servers = {ours: ([workshop.ROOT / "breakwater", "stdio"], "process_data", ANALYZE, "structuredContent"),
               bare: (bare_with_cache(jvm), *echo)}
    if workshop.has("typescript"):
        servers[typescript] = workshop.typescript(), *echo

    def once(number):
        for name, server in servers.items():
            samples.add(name, **first_call(*server))
    once(-1)  # reads the files into memory
    samples.values.clear()
    samples.rounds(options.starts, once)
    rows = [[name, *(f"{samples.median(name, figure):,.0f}" for figure in ("ms", "rss"))] for name in servers]
    held = [("idle RSS of ours, to the bare loop", "at most", 1.5, samples.median(ours, "rss") / samples.median(bare, "rss"))]
    if typescript in servers:
        held.insert(0, ("start of ours, to the TypeScript SDK", "at most", 1, samples.median(ours, "ms") / samples.median(typescript, "ms")))
    return table("stdio: start and idle memory, the Java servers with AOT cache", ["server", "start to first call answered, ms", "idle RSS, MB"], rows) + aims(held)


def bare_with_cache(jvm):
    """The bare loop in its fastest form: a jar, since an AOT cache does not support folders, with an AOT cache."""
    jar, cache = workshop.OUT / "bare.jar", workshop.OUT / "bare.aot"
    package = workshop.PACKAGE.replace(".", "/") + "/peer"
    classes = [str(path.relative_to(workshop.TESTS)) for path in sorted((workshop.TESTS / package).glob("Bare[AS]*.class"))]
    subprocess.run([Path(workshop.java).with_name("jar"), "--create", "--file", jar,
                    *(part for name in classes for part in ("-C", workshop.TESTS, name))], check=True)
    libraries = sorted(path for path in (workshop.DIST / "lib").glob("jackson-*.jar") if "core-2" not in path.name)
    program = ["-cp", ":".join(map(str, [jar, *libraries])), f"{workshop.PACKAGE}.peer.BareStdio"]
    say("stdio: creates the bare loop's AOT cache")
    cache.unlink(missing_ok=True)
    message = json.dumps(client.call("legacy", "echo", client.ECHO)[0]) + "\n"
    subprocess.run([workshop.java, *jvm, f"-XX:AOTCacheOutput={cache}", *program], input=json.dumps(client.INITIALIZE) + "\n" + 5000 * message,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True, check=True)
    if not cache.exists():
        raise workshop.Stop(f"{workshop.java} created no AOT cache; use JDK 25")
    return [workshop.java, *jvm, f"-XX:AOTCache={cache}", *program]


def first_call(command, tool, arguments, expected):
    """Milliseconds to the first answer, and resident megabytes of the idle server."""
    begin = time.perf_counter()
    with workshop.running("stdio", command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        def tell(message):
            process.stdin.write(json.dumps(message).encode() + b"\n")
            process.stdin.flush()
        tell(client.INITIALIZE)
        process.stdout.readline()
        tell({"jsonrpc": "2.0", "method": "notifications/initialized"})
        tell(client.call("legacy", tool, arguments)[0])
        answer = process.stdout.readline()
        took = (time.perf_counter() - begin) * 1e3
        if expected.encode() not in answer:
            raise workshop.Stop(f"{workshop.shown(command)} answered {answer[:300]}")
        time.sleep(IDLE_SECONDS)
        resident = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1]
        process.stdin.close()
        process.stdout.close()
        return {"ms": took, "rss": int(resident) / 1024}


def calls(options, samples):
    ours = {"ours, inline": ([workshop.BENCH / "stdio"], "echo"), "ours, virtual": ([workshop.BENCH / "stdio"], "echo_vt")}
    servers = {**ours, "bare Java loop": (workshop.bare("BareStdio"), "echo")}
    sdk = "Java SDK, immediate execution"
    if workshop.has("java-sdk"):
        servers[sdk] = workshop.java_sdk("Stdio"), "echo"
    for name, server in ours.items():
        say(f"stdio: {options.calls:,} calls, {name}")
        samples.add(f"{name}, {options.calls:,} calls", **load(*server, "0s", options.calls))

    def once(number):
        for name in list(servers) if number % 2 == 0 else reversed(servers):
            samples.add(name, **load(*servers[name], f"{options.seconds}s", f"{options.seconds}s"))
    samples.rounds(options.rounds, once)
    rows = [[name, f"{samples.median(name, 'calls_per_second'):,.0f}", f"{samples.median(name, 'cpu_us'):.1f}",
             f"{samples.median(name, 'load_cpu_us'):.1f}"] for name in servers]
    lost = {f"{name}, {options.calls:,} calls: lost": samples.values[f"{name}, {options.calls:,} calls"]["lost"][0] for name in ours}
    held = [(f"calls/s of {name}, to the Java SDK", "at least", 1.5, samples.median(name, "calls_per_second") / samples.median(sdk, "calls_per_second"))
            for name in ours if sdk in servers] + [(what, "at most", 0, count) for what, count in lost.items()]
    return table(f"stdio, {WINDOW} calls in flight", ["server", "calls/s", "CPU µs a call", "the load's own"], rows) + aims(held)


def load(command, tool, warm, measured):
    """One run of StdioLoad."""
    return workshop.figures("StdioLoad", warm, measured, WINDOW, tool, *command)
