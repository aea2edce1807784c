"""Line charts as SVG."""
import math

from . import workshop

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 300, 60, 40, 20, 50
COLOURS = ("#1f77b4", "#d62728", "#2ca02c")


def chart(title, across, up, marks, lines, logarithmic=False):
    """A chart with the named marks of the x axis, evenly spaced, and a line of one value for each mark under each name of lines."""
    values = [value for line in lines.values() for value in line]
    steps, place = (_powers if logarithmic else _even)(values)
    xs = [LEFT + (WIDTH - LEFT - RIGHT) * i / max(1, len(marks) - 1) for i in range(len(marks))]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">',
             '<rect width="100%" height="100%" fill="white"/>',
             _text(WIDTH / 2, 16, title, "middle", 14), _text(WIDTH / 2, HEIGHT - 10, across, "middle"), _text(6, TOP - 8, up)]
    for value in steps:
        parts += [f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(place(value)):.1f}" y2="{_y(place(value)):.1f}" stroke="#ddd"/>',
                  _text(LEFT - 6, _y(place(value)) + 4, f"{value:,.0f}", "end")]
    parts += [_text(x, HEIGHT - BOTTOM + 18, mark, "middle") for x, mark in zip(xs, marks) if mark != ""]
    for number, (name, line) in enumerate(lines.items()):
        points = " ".join(f"{x:.1f},{_y(place(value)):.1f}" for x, value in zip(xs, line))
        parts += [f'<polyline points="{points}" fill="none" stroke="{COLOURS[number]}" stroke-width="2"/>',
                  f'<text x="{WIDTH - RIGHT}" y="{TOP + 14 * number}" text-anchor="end" fill="{COLOURS[number]}">{name}</text>']
    return "\n".join([*parts, "</svg>"]) + "\n"


def publish(options, charts):
    """Writes charts by their names beside the results, and into the docs on request; returns the lines that show them there."""
    folder = workshop.ROOT / "docs/images" if options.write else workshop.OUT
    folder.mkdir(exist_ok=True)
    for file, svg in charts.items():
        (folder / f"{file}.svg").write_text(svg)
    return "\n" + "\n".join(f"![{file}](images/{file}.svg)" for file in charts) + "\n"


def _even(values):
    """The marks of the y axis, and the place of a value on it, from 0 to 1."""
    top = max(values) * 1.1
    return [top * step / 4 for step in range(5)], lambda value: value / top


def _powers(values):
    """The same for powers of ten; values must be above 0."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values) * 1.1))
    return [10 ** power for power in range(low, high + 1)], lambda value: (math.log10(value) - low) / max(1, high - low)


def _y(place):
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * place


def _text(x, y, words, anchor="start", size=12):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{words}</text>'
