"""Rounds of measurements, and tables of their results."""
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from . import workshop


def say(words):
    print(words, file=sys.stderr, flush=True)


class Samples:
    """Figures by name, one for each round. They are written to disk after every round, so that they survive Ctrl-C."""

    def __init__(self, part):
        self.part, self.values, self.made, self.interrupted = part, {}, [], False

    def add(self, name, **figures):
        for figure, value in figures.items():
            self.values.setdefault(name, {}).setdefault(figure, []).append(value)

    def rounds(self, count, measure):
        """Measures that often, in turn."""
        self.made.append(0)
        begin = time.monotonic()
        for number in range(count):
            try:
                measure(number)
            except KeyboardInterrupt:
                self.interrupted = True
                if number == 0:
                    raise
                return
            self.made[-1] += 1
            (workshop.OUT / f"{self.part}.json").write_text(json.dumps(self.values, indent=1))
            left = (time.monotonic() - begin) / (number + 1) * (count - number - 1)
            say(f"{self.part}: round {number + 1} of {count}" + (f", {left / 60:.1f} minutes left" if left else ""))

    def median(self, name, figure):
        return statistics.median(self.values[name][figure])


def table(title, head, rows):
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def aims(rows):
    """The limits for the figures: (what, comparison, limit, measured)."""
    def verdict(comparison, limit, measured):
        return "reached" if (measured <= limit if comparison == "at most" else measured >= limit) else "**missed**"
    shown = [[what, f"{comparison} {limit:,g}", f"{measured:,.2f}" if measured < 100 else f"{measured:,.0f}",
              verdict(comparison, limit, measured)] for what, comparison, limit, measured in rows]
    return "\n" + table("", ["aim", "limit", "measured", ""], shown).split("\n\n", 1)[1]


def publish(name, measure, options):
    """Measures one part, prints and stores it, and writes it into the docs on request."""
    samples = Samples(name)
    busy = elsewhere()
    say(f"{name}: begins" + (f"; other programs use {busy:.0f} % of this machine, so the figures are not reliable" if busy > 5 else ""))
    text = measure(options, samples)
    text = preface(options, samples, busy) + text
    (workshop.OUT / f"{name}.md").write_text(text)
    print(text, flush=True)
    if samples.interrupted:
        raise KeyboardInterrupt
    if options.write:
        into_docs(name, text)


def elsewhere(seconds=2):
    """How much of the machine is in use before anything is started here, in percent."""
    def ticks():
        numbers = [int(n) for n in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        return sum(numbers), numbers[3] + numbers[4]
    total, idle = ticks()
    time.sleep(seconds)
    total_after, idle_after = ticks()
    return 100 * (1 - (idle_after - idle) / (total_after - total))


def preface(options, samples, busy):
    version = subprocess.run([workshop.java, "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    version = re.sub(r'openjdk version "([^"]+)".*', r"OpenJDK \1", version)
    words = [f"Measured {datetime.date.today()} on {os.cpu_count()} cores with {version}"]
    if samples.made:
        words.append(f"medians of {' and '.join(map(str, samples.made))} interleaved rounds")
    if busy > 5:
        words.append(f"**others used {busy:.0f} % of the machine** when it began")
    if samples.interrupted:
        words.append("**interrupted**")
    if options.quick:
        words.append("**a smoke, no measurement**")
    return "; ".join(words) + ".\n\n"


def into_docs(name, text):
    page = workshop.ROOT / "docs/benchmarks.md"
    page.write_text(re.sub(rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda m: m[1] + text + "\n" + m[2], page.read_text(), flags=re.S))
    say(f"{name}: written into {page}")
