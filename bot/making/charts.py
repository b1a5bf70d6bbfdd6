"""Figures as a picture, in Chinese on a machine without fonts of its own: the font comes from a package."""

import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: dots; wide enough to be read on a telephone
WIDTH, HEIGHT, DPI = 7.2, 6.4, 125
REPORTED, CLOSED = "#c8d3e0", "#2f6fab"
#: weeks that are named under the bars
LABELS = 8
#: bars of matters; names of those who have a star
MOST, STARS = 8, 12


@cache
def _font() -> Path:
    """Noto Sans SC (OFL), which the package `zhplot` brings; the package itself is not imported."""
    found = find_spec("zhplot")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).with_name("fonts") / "NotoSansSC-Regular.ttf"


def stars(title: str, named: Sequence[tuple[str, int | None]]) -> bytes:
    """A PNG to be hung up: who has a star, and with how many points. Empty where nobody has."""
    if not named:
        return b""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    shown = named[:STARS]
    figure = Figure(figsize=(WIDTH, 1.4 + 0.55 * len(shown)), dpi=DPI)
    FigureCanvasAgg(figure)
    height = figure.get_size_inches()[1]
    figure.text(
        0.5,
        1 - 0.55 / height,
        title,
        ha="center",
        parse_math=False,
        fontproperties=FontProperties(fname=str(_font()), size=18),
    )
    for at, (name, points) in enumerate(shown):
        y = 1 - (1.3 + 0.55 * at) / height
        font = FontProperties(fname=str(_font()), size=15)
        figure.text(0.12, y, f"★ {name}", color=CLOSED, fontproperties=font, parse_math=False)
        figure.text(0.88, y, str(points), ha="right", fontproperties=font)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def weeks_and_matters(
    title: str, labels: tuple[str, str], weeks: Sequence[tuple[datetime, int, int]], matters: Sequence[tuple[str, int]]
) -> bytes:
    """A PNG: reported and closed by week above, the matters below. `labels`: what the two bars are called."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - a second, paid by whoever asks first
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    def font(size: float) -> Any:
        return FontProperties(fname=str(_font()), size=size)

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    above, below = figure.subplots(2, 1, height_ratios=(1, 1.1))
    figure.suptitle(title, fontproperties=font(15), parse_math=False)
    at = range(len(weeks))
    above.bar([x - 0.2 for x in at], [w[1] for w in weeks], 0.4, color=REPORTED, label=labels[0])
    above.bar([x + 0.2 for x in at], [w[2] for w in weeks], 0.4, color=CLOSED, label=labels[1])
    apart = -(-len(weeks) // LABELS)  # so that they do not run into each other
    above.set_xticks(list(at)[::apart], [f"{w[0]:%m-%d}" for w in weeks[::apart]])
    above.legend(prop=font(10), frameon=False, ncols=2, loc="upper left", bbox_to_anchor=(0, 1.16))
    shown = list(reversed(matters[:MOST]))
    bars = below.barh([name for name, _ in shown], [count for _, count in shown], color=CLOSED, height=0.6)
    below.bar_label(bars, padding=3)
    below.xaxis.set_visible(False)
    for label in [*below.get_yticklabels(), *above.get_xticklabels(), *above.get_yticklabels()]:
        label.set_fontproperties(font(11))
        label.set_parse_math(False)
    for axes, sides in ((above, ("top", "right")), (below, ("top", "right", "bottom"))):
        for side in sides:
            axes.spines[side].set_visible(False)
    above.yaxis.get_major_locator().set_params(integer=True)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
