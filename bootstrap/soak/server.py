"""The servers under test, and what can be observed from outside."""
import asyncio, contextlib, os, re, signal, subprocess, time, urllib.request
from pathlib import Path

import client

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "bootstrap/target/breakwater"
OUT = ROOT / "bootstrap/target/soak"
SHIPPED = [DIST / "breakwater"]


def java_home():
    script = f'. {ROOT}/bootstrap/src/dist/jdk.sh && use_java javac >&2 && echo "$JAVA_HOME"'
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def with_tools(way, settings=(), heap="256m"):
    """The distribution with the tools of SoakTools in addition to its own."""
    classes = f"{ROOT}/bootstrap/target/test-classes:{DIST}/breakwater.jar:{DIST}/lib/*"
    return [f"{java_home()}/bin/java", f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xlog:disable",
            "-Xlog:all=warning:stderr", "--enable-native-access=ALL-UNNAMED", "-cp", classes,
            "io.breakwater.bootstrap.soak.SoakServer", way, *settings]


class Server:
    """A server on its own port, until it is stopped."""

    def __init__(self, process, port, log):
        self.process, self.port, self.log = process, port, log
        self.pid = process.pid

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls, command, port, environment=None):
        OUT.mkdir(parents=True, exist_ok=True)
        log = OUT / f"server-{port}.log"
        with open(log, "w") as out:
            process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                                       env={**os.environ, **(environment or {})}, cwd=OUT)
        server = cls(process, port, log)
        try:
            await server.until_ready()
            yield server
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()

    @classmethod
    def shipped(cls, port, *settings, heap="256m"):
        words = [word for setting in settings for word in ("--set", setting)]
        return cls.running([*SHIPPED, "serve", "--port", port, *words], port, {"BREAKWATER_JAVA_OPTS": f"-Xmx{heap}"})

    @classmethod
    def with_tools(cls, port, *settings, heap="256m"):
        return cls.running(with_tools("serve", [f"http.port={port}", *settings], heap), port)

    async def until_ready(self):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://{client.HOST}:{self.port}/ready", timeout=2).close()
                return
            except OSError:
                await asyncio.sleep(0.05)
        raise SystemExit(f"The server did not start; see {self.log}")

    async def ask_once(self, tool, arguments):
        """The result of a tool, called on a separate connection."""
        async with await client.Connection.open(self.port) as connection:
            answer = await connection.ask(client.call(tool, arguments, 1, modern=True), client.fields_of("tools/call", tool, modern=True))
        return answer.last()["result"]["structuredContent"]

    async def figures(self):
        """The gauges and counters, by name."""
        found = (await self.ask_once("get_metrics", {}))["figures"]
        return {figure["name"] + "".join(figure["labels"].values()): figure["value"] for figure in found}

    async def streams(self):
        return int((await self.figures())["mcp_open_streams"])

    async def sessions(self):
        return int((await self.figures())["mcp_active_sessions"])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def threads(self):
        return len(os.listdir(f"/proc/{self.pid}/task"))

    def resident(self, peak=False):
        """Resident memory in MiB; the most since forget_peak."""
        return kibibytes(self.pid, "VmHWM" if peak else "VmRSS") / 1024

    def forget_peak(self):
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    async def live_heap(self):
        """Bytes that survive a full collection."""
        await asyncio.to_thread(self.jcmd, "GC.run")
        return sum(size for _, size in (await self.histogram()).values())

    async def histogram(self):
        """The number of live objects of each class, and their bytes, without the gaps that the collector left between them."""
        said = await asyncio.to_thread(self.jcmd, "GC.class_histogram")
        rows = re.findall(r"^ *\d+: +(\d+) +(\d+) +(\S+)", said, re.M)
        return {kind: (int(number), int(size)) for number, size, kind in rows if "jdk.internal.vm.Filler" not in kind}

    def jcmd(self, command):
        return subprocess.run([f"{java_home()}/bin/jcmd", str(self.pid), command], capture_output=True, text=True, check=True).stdout

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    async def exit_code(self, seconds=60):
        return await asyncio.to_thread(self.process.wait, seconds)

    def alive(self):
        return self.process.poll() is None


def kibibytes(pid, name):
    return int(re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M).group(1))


async def until(met, seconds, every=0.25):
    """Waits until a condition holds; returns the seconds that it took, or None after a timeout."""
    begin = time.monotonic()
    while (passed := time.monotonic() - begin) < seconds:
        if await met():
            return passed
        await asyncio.sleep(every)
    return None
