"""Runs bootstrap/checks/first-start, and prints its output."""
import asyncio, subprocess

from report import Part
from server import ROOT


async def run(options):
    part = Part("./breakwater stdio in a tree without anything built, and without a start-up cache")
    done = await asyncio.to_thread(subprocess.run, [ROOT / "bootstrap/checks/first-start"], capture_output=True, text=True)
    for line in done.stdout.splitlines()[1:-1]:
        outcome, what = line.split(maxsplit=1)
        part.check(outcome == "ok", what)
    part.check(done.returncode == 0, "all of it", done.stdout.splitlines()[-1])
    return part
