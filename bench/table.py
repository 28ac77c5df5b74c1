"""What was measured, and the one table at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One line: a value beside the floor taken in the same run, and what we aim at.

    ``met`` decides from the value and the ratio to the floor; None where nothing was promised.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    aim: str = ""
    met: Callable[["Measure"], bool] | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor; for a rate, how many times slower than it."""
        if not self.floor or not self.value:
            return None
        return self.floor / self.value if self.unit == "/s" else self.value / self.floor

    def cells(self) -> tuple[str, ...]:
        """The line as text."""
        floor = f"{written(self.floor)} {self.unit} {self.floor_name}" if self.floor is not None else ""
        ratio = f"{self.ratio:.1f}" if self.ratio is not None else ""
        met = "" if self.met is None else ("met" if self.met(self) else "NOT MET")
        return (self.name, f"{written(self.value)} {self.unit}".strip(), floor, ratio, self.aim, met)


def written(value: float) -> str:
    """A number with as many digits as it deserves."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2g}" if abs(value) < 1 else f"{value:.1f}"


def at_least(limit: float) -> Callable[[Measure], bool]:
    return lambda measure: measure.value >= limit


def at_most(limit: float) -> Callable[[Measure], bool]:
    return lambda measure: measure.value <= limit


def ratio_at_most(limit: float) -> Callable[[Measure], bool]:
    return lambda measure: measure.ratio is not None and measure.ratio <= limit


HEADINGS = ("measure", "value", "floor", "times floor", "aim", "")


def table(measures: Sequence[Measure]) -> str:
    """The lines under each other, as Markdown, so that they can go into docs/benchmarks.md as they are."""
    lines = [HEADINGS, *(measure.cells() for measure in measures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rows = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]
    return "\n".join([rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]])
