"""Plots as PNG. They are drawn in a process of their own: matplotlib is large, and is imported nowhere else.

Each stands on its own light ground with dark ink, so that it reads the same in Slack's light and dark themes, and
is drawn for the width of a phone.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

INK, FAINT, GROUND, EDGE = "#1d1c1d", "#5c5b5e", "#f8f8f8", "#c9c8cb"
BY_DAY, AFTER_HOURS, HEALTHY, UNHEALTHY = "#4a86c5", "#1b3a66", "#2b7d4f", "#b3261e"
WIDTH, HEAD, ROW, GAP = 5.4, 1.4, 0.22, 0.14
"""In inches: of the picture, of title and legend, of a bar or a name, between two people."""

DOTS = 150
BEHIND = {"boxstyle": "square,pad=0.1", "facecolor": GROUND, "edgecolor": "none"}
"""Keeps the lines of the limits out of what is written."""

LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of somebody: pages in all, and how many of them after hours."""

    pages: int
    after_hours: int


@dataclass(frozen=True, slots=True)
class PagesPlot:
    """Pages a week by person: a bar a week, the oldest on top, with its figure; `healthy` and `unhealthy` are lines."""

    title: str
    people: tuple[tuple[str, tuple[Bar, ...]], ...]
    weeks: tuple[str, ...]
    healthy: float
    unhealthy: float


def draw(plot: PagesPlot) -> bytes:
    """The plot as PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = sum(len(bars) + 1 for _, bars in plot.people)
    figure = Figure(figsize=(WIDTH, HEAD + rows * ROW + len(plot.people) * GAP), dpi=DOTS, facecolor=GROUND)
    FigureCanvasAgg(figure)  # draws without a screen
    axes = figure.add_subplot(facecolor=GROUND)
    _bars(axes, plot)
    _limits(axes, plot)
    _frame(figure, axes, plot)
    written = BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def _bars(axes: Any, plot: PagesPlot) -> None:
    """Each week beside its bar, each name above its weeks."""
    place, ticks, weeks = 0.0, [], []
    for name, bars in plot.people:
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        above = {"va": "center", "fontsize": 12, "color": INK, "weight": "bold", "bbox": BEHIND}
        axes.text(0, place, short.replace("$", r"\$"), **above)
        for week, bar in zip(plot.weeks, bars, strict=True):
            place += ROW
            ticks.append(place)
            weeks.append(week)
            _bar(axes, place, bar)
        place += ROW + GAP
    axes.set_yticks(ticks, weeks, fontsize=10, color=FAINT)
    axes.set_ylim(place - GAP, -ROW)


def _bar(axes: Any, place: float, bar: Bar) -> None:
    by_day = bar.pages - bar.after_hours
    height = ROW * 0.8
    axes.barh(place, by_day, height, color=BY_DAY)
    axes.barh(place, bar.after_hours, height, left=by_day, color=AFTER_HOURS, hatch="////", edgecolor="#9db8d9", lw=0)
    colour = INK if bar.pages else FAINT
    axes.text(bar.pages + 0.1, place, bar.pages, va="center_baseline", fontsize=10, color=colour, bbox=BEHIND)


def _limits(axes: Any, plot: PagesPlot) -> None:
    for limit, colour, style in ((plot.healthy, HEALTHY, "--"), (plot.unhealthy, UNHEALTHY, "-")):
        axes.axvline(limit, color=colour, linestyle=style, linewidth=1.6, zorder=0.5)
    most = max((bar.pages for _, bars in plot.people for bar in bars), default=0)
    axes.set_xlim(0, max(most, plot.unhealthy) * 1.25 + 0.6)


def _frame(figure: Any, axes: Any, plot: PagesPlot) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.tick_params(axis="x", colors=INK, labelsize=11)
    axes.tick_params(axis="y", length=0)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(EDGE)
    marks = [
        Patch(facecolor=BY_DAY, label="in business hours"),
        Patch(facecolor=AFTER_HOURS, hatch="////", edgecolor="#9db8d9", lw=0, label="after hours"),
        Line2D([], [], color=HEALTHY, linestyle="--", label=f"healthy below {plot.healthy:g}"),
        Line2D([], [], color=UNHEALTHY, label=f"unhealthy above {plot.unhealthy:g}"),
    ]
    tall = figure.get_figheight()
    title = {"fontsize": 14, "color": INK, "weight": "bold"}
    figure.text(0.03, 1 - 0.12 / tall, plot.title.replace("$", r"\$"), va="top", **title)
    figure.legend(handles=marks, loc="lower center", ncols=2, fontsize=11, frameon=False, labelcolor=INK)
    figure.subplots_adjust(left=0.14, right=0.97, top=1 - 0.46 / tall, bottom=0.9 / tall)
