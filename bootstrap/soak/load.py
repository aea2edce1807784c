"""Programs of the benchmarks that send requests which all differ, as fast as the server answers."""
import asyncio, contextlib, os, re

from server import DIST, OUT, ROOT, java_home


@contextlib.asynccontextmanager
async def loading(program, *words):
    """Yields the running program; begins when it has written its first line."""
    classes = f"{ROOT}/bootstrap/target/test-classes:{ROOT}/adapter-http/target/test-classes:{DIST}/breakwater.jar:{DIST}/lib/*"
    command = [f"{java_home()}/bin/java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", classes, f"io.breakwater.bootstrap.bench.{program}"]
    with open(OUT / f"{program}.log", "w") as log:
        process = await asyncio.create_subprocess_exec(
            *command, *map(str, words), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, cwd=OUT,
            env=dict(os.environ))
        try:
            load = Load(process)
            load.greeting = await load.line()
            yield load
        finally:
            process.kill()
            await process.wait()


class Load:
    """A running program, which answers each command with one line."""

    def __init__(self, process):
        self.process, self.greeting = process, ""

    async def ask(self, command):
        self.process.stdin.write((command + "\n").encode())
        return await self.line()

    async def line(self):
        said = (await self.process.stdout.readline()).decode().strip()
        assert said, f"the load ended; see its log in {OUT}"
        return said

    async def send(self, command, begin, end):
        """Sends the requests with these numbers; returns the number of the answers with each status."""
        return collect(await self.ask(f"{command} {begin} {end}"))


def collect(*answers):
    statuses = {}
    for status, number in re.findall(r"s(\d+)=(\d+)", " ".join(answers)):
        statuses[status] = statuses.get(status, 0) + int(number)
    return statuses


def told(statuses):
    return ", ".join(f"{number:,} x {status}" for status, number in sorted(statuses.items()))
