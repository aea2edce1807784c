"""The checks and their results: one line for each check, with its figures."""
import collections, sys, time


class Part:
    def __init__(self, title):
        self.title, self.lines, self.begin, self.took = title, [], time.monotonic(), 0
        say(f"== {title}")

    def check(self, good, what, figures=""):
        self.lines.append((good, what, str(figures)))
        self.took = time.monotonic() - self.begin
        say(f"  {'ok    ' if good else 'FAILED'}  {what}: {figures}")

    def failed(self):
        return sum(not good for good, _, _ in self.lines)

    def table(self, circumstances):
        rows = "\n".join(f"| {'ok' if good else '**FAILED**'} | {what} | {figures} |" for good, what, figures in self.lines)
        return f"### {self.title}\n\n{circumstances}\n\n| | what | figures |\n|---|---|---|\n{rows}\n\n{self.took:.0f} s.\n"


class Counts(collections.Counter):
    """The number of each action, and the first failures."""

    def __init__(self):
        super().__init__()
        self.wrong = []

    def went_wrong(self, what):
        self["wrong"] += 1
        if len(self.wrong) < 10:
            self.wrong.append(what)
            say("  wrong:", what)

    def text(self):
        return ", ".join(f"{count:,} {name}" for name, count in sorted(self.items()) if name != "wrong")


def say(*words):
    print(*words, file=sys.stderr, flush=True)
