#!/usr/bin/python3
"""Figure 6: loss, angle and weight errors of microcircuits that learn with SAL, FA and BP.

    tools/figures/figure6.py RESULTS.h5 PICTURE.svg

Prints a table (median and quartiles over the seeds) and draws the same over the epochs.
"""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from summary import draw_band, print_table, read_arguments, spread

METHODS = {"SAL": "tab:blue", "FA": "tab:orange", "BP": "tab:green"}
COLUMNS = {
    "loss": "loss, without nudging",
    "nudged": "loss, nudged as published",
    "angle": "angle of feedback [degrees]",
    "first_error": "error of first weights",
    "second_error": "error of second weights",
}


def print_summary(sweep, epochs):
    """One row for each shown epoch and method."""
    last = len(epochs) - 1
    shown = [row for row in (0, 9, 49, 99) if row < last] + [last]
    rows = []
    for row in shown:
        for method, name in enumerate(METHODS):
            cells = [spread(sweep.column(column)[:, row, method]) for column in COLUMNS]
            rows.append([f"{epochs[row]:g}", name, *cells])
    print_table(["epoch", "rule", *COLUMNS.values()], rows)


def draw_summary(sweep, epochs, path):
    """A panel for each of loss, nudged loss, angle and the error of the last weights."""
    panels = ["loss", "nudged", "angle", "second_error"]
    figure, grid = plt.subplots(2, 2, figsize=(8, 5.4), sharex=True, layout="constrained")
    for axes, column in zip(grid.flat, panels):
        for method, (name, colour) in enumerate(METHODS.items()):
            draw_band(axes, epochs, sweep.column(column)[:, :, method], name, colour)
        axes.set_title(COLUMNS[column], fontsize=10)
        if column != "angle":
            axes.set_yscale("log")
    for axes in grid[1]:
        axes.set_xlabel("epoch")
    grid[0][0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main():
    sweep, picture = read_arguments(__doc__)
    epochs = sweep.column("epoch")[0]
    print_summary(sweep, epochs)
    draw_summary(sweep, epochs, picture)


if __name__ == "__main__":
    main()
