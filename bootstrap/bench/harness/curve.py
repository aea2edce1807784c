"""Line charts as SVG."""
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 300, 60, 40, 20, 50
COLOURS = ("#1f77b4", "#d62728", "#2ca02c")


def chart(title, across, up, marks, lines):
    """A chart with the named marks of the x axis, evenly spaced, and a line of one value for each mark under each name of lines."""
    top = max(max(values) for values in lines.values()) * 1.1
    xs = [LEFT + (WIDTH - LEFT - RIGHT) * i / max(1, len(marks) - 1) for i in range(len(marks))]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">',
             '<rect width="100%" height="100%" fill="white"/>',
             _text(WIDTH / 2, 16, title, "middle", 14), _text(WIDTH / 2, HEIGHT - 10, across, "middle"), _text(6, TOP - 8, up)]
    for step in range(5):
        value = top * step / 4
        parts += [f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(value, top):.1f}" y2="{_y(value, top):.1f}" stroke="#ddd"/>',
                  _text(LEFT - 6, _y(value, top) + 4, f"{value:,.0f}", "end")]
    parts += [_text(x, HEIGHT - BOTTOM + 18, mark, "middle") for x, mark in zip(xs, marks)]
    for number, (name, values) in enumerate(lines.items()):
        points = " ".join(f"{x:.1f},{_y(value, top):.1f}" for x, value in zip(xs, values))
        parts += [f'<polyline points="{points}" fill="none" stroke="{COLOURS[number]}" stroke-width="2"/>',
                  f'<text x="{WIDTH - RIGHT}" y="{TOP + 14 * number}" text-anchor="end" fill="{COLOURS[number]}">{name}</text>']
    return "\n".join([*parts, "</svg>"]) + "\n"


def _y(value, top):
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _text(x, y, words, anchor="start", size=12):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{words}</text>'
