"""Tables and pictures share this: results of a sweep, and what is shown of many replicas.

A sweep's result file holds a table per `record`, each column of shape [axes..., seed, row, ...]; see docs/language.md.
"""

import sys

import h5py
import numpy as np


class Sweep:
    """A result file of `bouton sweep`. `column` gives [replica, row, ...] of the replicas that came to their end."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        self.axes = [str(name) for name in self.file.attrs["axes"]]

    def is_complete(self):
        return self.file.attrs["complete"] == "complete"

    def replicas(self):
        return len(self.file["replicas/complete"])

    def ended(self):
        return int(np.sum(self.file["replicas/complete"][...] == b"complete"))

    def axis(self, name):
        """The values of an axis, in the order of the sweep."""
        return self.file[name][...]

    def column(self, name, table=0, **where):
        """A recorded column as [replica, row, ...], of the points whose axes have the indices `where`."""
        data = self.file[f"tables/{table}/{name}"]
        counts = self.file[f"rows/{table}"]
        dimensions = counts.ndim
        labels = [str(label) for label in counts.attrs["DIMENSION_LABELS"]]
        chosen = tuple(where.get(label, slice(None)) for label in labels)
        ended = self.file["replicas/complete"][...].reshape(counts.shape) == b"complete"
        replicas = ((counts[...] > 0) & ended)[chosen].reshape(-1)
        kept = data[chosen]
        rows = data.shape[dimensions:]
        return kept.reshape((-1, *rows))[replicas]


def read_arguments(usage):
    """The sweep of `RESULTS.h5 PICTURE.svg` on the command line, and where the picture goes; ends without. With
    `--partial` it need not be complete."""
    words = [word for word in sys.argv[1:] if word != "--partial"]
    if len(words) != 2:
        sys.exit(usage)
    sweep = Sweep(words[0])
    if not sweep.is_complete():
        if len(words) == len(sys.argv) - 1:
            sys.exit(f"{words[0]} is not complete: resume its sweep first, or draw what is there with --partial")
        print(f"not complete: {sweep.ended()} of {sweep.replicas()} replicas\n")
    return sweep, words[1]


def quartiles(values):
    """First quartile, median, third quartile over replicas; values of replicas, so that infinite ones are allowed."""
    return np.percentile(values, [25, 50, 75], axis=0, method="nearest")


def number(value):
    """Three significant digits, as in a table for people."""
    return "inf" if np.isinf(value) else f"{value:.3g}"


def spread(values):
    """`median (first-third quartile)` of numbers, one for each replica."""
    low, middle, high = quartiles(values)
    return f"{number(middle)} ({number(low)}–{number(high)})"


def print_table(head, rows):
    """A table in Markdown."""
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def draw_band(axes, x, values, label, colour):
    """A median with its quartiles, over x; values are [replica, x]."""
    low, middle, high = quartiles(values)
    axes.fill_between(x, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.plot(x, middle, color=colour, label=label, linewidth=1.3)
