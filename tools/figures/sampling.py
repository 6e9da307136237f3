#!/usr/bin/python3
"""Figures 4 and 5: divergence and weight asymmetry of sampling networks, for each noise, without and with SAL.

    tools/figures/sampling.py RESULTS.h5 [RESULTS.h5 ...] PICTURE.svg [--partial]

Several results are parts of one sweep, such as that with `-p init_seed=9002` and that with `-p init_seed=9003`. Prints a
table (median and quartiles over target distributions and initial networks) and draws the same over the epochs.
"""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np
from summary import draw_band, print_table, read_arguments, spread

COLUMNS = {"kl": "D_KL", "asymmetry": "weight asymmetry"}


def of_rule(sweep, column, point, with_sal):
    """[replica, epoch]: rows of one of the two trainings, which follow one another in the table."""
    rates = sweep.column("lr_sal")[0]  # the same of all replicas
    values = sweep.column(column, **point)
    return values[:, (rates > 0) == with_sal]


def epochs_of(sweep, with_sal):
    rates = sweep.column("lr_sal")
    return sweep.column("epoch")[0][(rates[0] > 0) == with_sal]


def print_summary(sweep, noise):
    """One row for each noise and training: the values of three validations, the first, one on the way and the last."""
    epochs = epochs_of(sweep, with_sal=True)
    last = len(epochs) - 1
    shown = sorted({0, last // 8, last})
    rows = []
    for index, value in enumerate(sweep.axis(noise)):
        for with_sal in (False, True):
            values = {name: of_rule(sweep, name, {noise: index}, with_sal) for name in COLUMNS}
            if len(values["kl"]) == 0:
                continue
            cells = [spread(values[name][:, row]) for name in COLUMNS for row in shown]
            rows.append([f"{value:g}", "with SAL" if with_sal else "without", *cells])
    heads = [f"{text}, epoch {epochs[row]:g}" for text in COLUMNS.values() for row in shown]
    print_table([noise.replace("_", " "), "", *heads], rows)


def draw_summary(sweep, noise, path):
    """Columns of panels: without and with SAL; rows: divergence and asymmetry; a colour for each noise."""
    figure, grid = plt.subplots(2, 2, figsize=(8, 5.4), sharex=True, sharey="row", layout="constrained")
    values = sweep.axis(noise)
    colours = plt.cm.viridis(np.linspace(0, 0.9, len(values)))
    for row, column in enumerate(COLUMNS):
        for with_sal in (False, True):
            axes = grid[row][int(with_sal)]
            for index, value in enumerate(values):
                shown = of_rule(sweep, column, {noise: index}, with_sal)
                if len(shown) == 0:
                    continue
                draw_band(axes, epochs_of(sweep, with_sal), shown, f"{value:g}", colours[index])
            axes.set_title(f"{COLUMNS[column]}, {'with SAL' if with_sal else 'without SAL'}", fontsize=10)
    for axes in grid[:, 0]:
        axes.set_yscale("log")
    grid[1][0].set_ylim(bottom=1e-4)  # without noise and SAL it is zero
    for axes in grid[1]:
        axes.set_xlabel("epoch")
    grid[0][1].legend(frameon=False, title=noise.replace("_", " "), fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def main():
    sweep, picture = read_arguments(__doc__)
    noise = sweep.axes[0]
    print_summary(sweep, noise)
    draw_summary(sweep, noise, picture)


if __name__ == "__main__":
    main()
