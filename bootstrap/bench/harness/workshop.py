"""The paths of the programs, and functions that build and start them."""
import contextlib
import hashlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from .report import say

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent.parent
DIST = ROOT / "bootstrap/target/breakwater"
TESTS = ROOT / "bootstrap/target/test-classes"
OUT = ROOT / "bootstrap/target/bench"
HEAP = ["-Xmx512m"]
QUIET = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
PROVIDER = ROOT / "adapter-http/target/test-classes"  # the OpenID provider of the tests
SAMPLES = ROOT / "ports/target/test-classes"  # what the tests of all modules share
CLASS_PATH = f"{TESTS}:{PROVIDER}:{SAMPLES}:{DIST}/breakwater.jar:{DIST}/lib/*"
PACKAGE = "io.breakwater.bootstrap.bench"

java = "java"
_peers = set()


class Stop(Exception):
    """Ends a measurement, with the reason."""


def bash(script):
    """The output of a script that can use the project's shell functions."""
    head = f'set -e; root="{ROOT}"; . "$root/bootstrap/build.sh"; '
    done = subprocess.run(["bash", "-c", head + script], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Stop(f"this failed: {script}")
    return done.stdout.strip()


def prepare(options, wanted):
    """Builds Breakwater, and the selected peers that can be built."""
    global java
    OUT.mkdir(parents=True, exist_ok=True)
    if not shutil.which("wrk"):
        raise Stop("there is no wrk on the PATH; apt-get install wrk")
    say("building")
    java = bash('build_with_tests >&2; [[ ! -x $dist/prepare ]] || "$dist/prepare" >&2; echo "$JAVA_HOME"') + "/bin/java"
    if options.peers:
        for name in sorted(wanted):
            _build(name)


def has(peer):
    """True when that peer takes part."""
    return peer in _peers


def _build(name):
    source, place = BENCH / "peers" / name, OUT / "peers" / name
    tool = "npm" if (source / "package.json").exists() else "mvn"
    if not shutil.which(tool):
        say(f"left out: {name}, since there is no {tool} on the PATH")
        return
    files = sorted(path for path in source.rglob("*") if path.is_file())
    state = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    built = place / "built"
    if not built.exists() or built.read_text() != state:
        say(f"building {name}")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(source, place)
        command = {"npm": ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"],
                   "mvn": ["env", f"JAVA_HOME={Path(java).parent.parent}", "mvn", "-B", "-ntp", "-q", "package"]}[tool]
        log = OUT / f"{name}.build.log"
        with open(log, "w") as said:
            if subprocess.run(command, cwd=place, stdin=subprocess.DEVNULL, stdout=said, stderr=said).returncode:
                say(f"left out: {name}, since it could not be built; see {log}")
                return
        built.write_text(state)
    _peers.add(name)


def ours(main, *arguments):
    """A server that is measured."""
    return [java, *HEAP, *QUIET, "-cp", CLASS_PATH, f"{PACKAGE}.{main}", *map(str, arguments)]


def shipped(port, *settings):
    """The program as its users configure it, with the tools echo and echo_vt in addition to its own."""
    return [java, *HEAP, *QUIET, "-cp", CLASS_PATH, "io.breakwater.bootstrap.soak.SoakServer", "serve", f"http.port={port}", *settings]


def bare(main, *arguments):
    """A server without an MCP engine."""
    return ours(f"peer.{main}", *arguments)


def quarkus(port):
    """Quarkus with both tools."""
    return [java, *HEAP, *QUIET, f"-Dquarkus.http.port={port}", "-jar", quarkus_jar("quarkus")]


def quarkus_jar(peer):
    return OUT / f"peers/{peer}/target/quarkus-app/quarkus-run.jar"


def java_sdk(main, *arguments):
    """The MCP Java SDK, over HTTP or on stdio."""
    target = OUT / "peers/java-sdk/target"
    return [java, *HEAP, *QUIET, "-cp", f"{target}/peer.jar:{target}/lib/*", f"peer.{main}", *map(str, arguments)]


def typescript():
    """The MCP TypeScript SDK on stdio."""
    return ["node", OUT / "peers/typescript/stdio.mjs"]


def figures(main, *arguments, package=PACKAGE, class_path=CLASS_PATH, core=None):
    """The name=value lines that a program printed; the program runs on that core alone if one is given."""
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    done = subprocess.run([*pinned, java, *HEAP, "-XX:+UseSerialGC", *QUIET, "-cp", class_path, f"{package}.{main}", *map(str, arguments)],
                          capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"{main} {shown(arguments)} failed: {done.stderr[-2000:]}")
    return {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", done.stdout)}


def launcher(command):
    """The JVM options that the distribution starts a command with, and its start-up cache."""
    *options, cache = bash(f'. "$dist/jvm.sh"; choose_options {command}; printf "%s\\n" "${{options[@]}}" "$dist/$cache"').splitlines()
    return options, Path(cache)


def shown(command):
    return shlex.join(map(str, command))


@contextlib.contextmanager
def running(name, command, **pipes):
    """A process that is ended afterwards; its output goes to a log unless it goes into a pipe."""
    with open(OUT / f"{name.replace(' ', '-')}.log", "a") as log:
        process = subprocess.Popen(list(map(str, command)), cwd=OUT, **{"stdout": log, "stderr": log, **pipes})
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
