"""Tables and pictures share this: results of a sweep, and what is shown of many replicas.

A sweep's result file holds a table per `record`, each column of shape [axes..., seed, row, ...]; see docs/language.md.
"""

import sys

import h5py
import numpy as np


class Sweep:
    """Result files of `bouton sweep`: one, or several that share no point and differ in one axis at most, such as sittings
    of one sweep. `column` gives [replica, row, ...] of the replicas that came to their end."""

    def __init__(self, *paths):
        self.files = [h5py.File(path, "r") for path in paths]
        self.axes = [str(name) for name in self.files[0].attrs["axes"]]
        if len(self.files) > 1:
            self.check_parts(paths)

    def check_parts(self, paths):
        """Ends where the files are not parts of one sweep."""
        for path, file in zip(paths, self.files):
            if list(map(str, file.attrs["axes"])) != self.axes:
                sys.exit(f"{path} has other axes than {paths[0]}")
        divided = [name for name in self.axes
                   if any(not np.array_equal(file[name], self.files[0][name]) for file in self.files)]
        if len(divided) != 1:
            sys.exit(f"{', '.join(map(str, paths))}: parts differ in one axis, these in {divided or 'none'}")
        values = self.axis(divided[0])
        if len(np.unique(values)) != len(values):
            sys.exit(f"{', '.join(map(str, paths))} share points: {divided[0]} is {values.tolist()}")

    def is_complete(self):
        return all(file.attrs["complete"] == "complete" for file in self.files)

    def replicas(self):
        return sum(len(file["replicas/complete"]) for file in self.files)

    def ended(self):
        return sum(int(np.sum(file["replicas/complete"][...] == b"complete")) for file in self.files)

    def axis(self, name):
        """The values of an axis, in the order of the sweep; of one that the files divide, those of one file after another."""
        values = [file[name][...] for file in self.files]
        same = all(np.array_equal(other, values[0]) for other in values)
        return values[0] if same else np.concatenate(values)

    def column(self, name, table=0, **where):
        """A recorded column as [replica, row, ...], of the points whose axes have the indices `where`; these axes are the
        same in all files."""
        return np.concatenate([column_of(file, name, table, where) for file in self.files])


def column_of(file, name, table, where):
    """`Sweep.column` of one file."""
    data = file[f"tables/{table}/{name}"]
    counts = file[f"rows/{table}"]
    dimensions = counts.ndim
    labels = [str(label) for label in counts.attrs["DIMENSION_LABELS"]]
    chosen = tuple(where.get(label, slice(None)) for label in labels)
    ended = file["replicas/complete"][...].reshape(counts.shape) == b"complete"
    replicas = ((counts[...] > 0) & ended)[chosen].reshape(-1)
    kept = data[chosen]
    rows = data.shape[dimensions:]
    return kept.reshape((-1, *rows))[replicas]


def read_arguments(usage):
    """The sweep of `RESULTS.h5 [RESULTS.h5 ...] PICTURE.svg` on the command line, and where the picture goes; ends without.
    With `--partial` it need not be complete."""
    words = [word for word in sys.argv[1:] if word != "--partial"]
    if len(words) < 2 or not words[-1].endswith(".svg"):
        sys.exit(usage)
    sweep = Sweep(*words[:-1])
    if not sweep.is_complete():
        if len(words) == len(sys.argv) - 1:
            sys.exit(f"{', '.join(words[:-1])}: not complete: resume the sweep first, or draw what is there with --partial")
        print(f"not complete: {sweep.ended()} of {sweep.replicas()} replicas\n")
    return sweep, words[-1]


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
