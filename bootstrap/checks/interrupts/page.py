"""The table of docs/database.md."""
import json

BEGIN = "<!-- uninterruptible: written by bootstrap/checks/uninterruptible -->"
END = "<!-- end -->"


def write(page, folder):
    text = page.read_text()
    if BEGIN not in text:
        raise SystemExit(f"{page} has no place for the table: {BEGIN}")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    found = {file.stem: json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))}
    page.write_text(f"{before}{BEGIN}\n\n{table(found)}\n{END}{after}")


def table(found):
    deaf, known = {}, {}
    for major, results in found.items():
        for name, signature, _, seconds, ended_by in results:
            known.setdefault(major, set()).add((name, signature))
            if ended_by in ("terminate", "nothing"):
                deaf.setdefault((name, signature), {})[major] = f"no, after {seconds:.1f} s"
    lines = [f"| function | {' | '.join(f'a cancel ends it in {major}' for major in found)} |", "|---" * (len(found) + 1) + "|"]
    signed = {name for name, signature in deaf if signature}
    for (name, signature), verdicts in sorted(deaf.items()):
        if not signature and name in signed:
            continue  # another way to call the same
        cells = [verdicts.get(major, "yes" if (name, signature) in known[major] else "not there") for major in found]
        shown = f"{name}({signature})" if signature else name
        lines.append(f"| `{shown}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
