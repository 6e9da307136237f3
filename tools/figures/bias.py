#!/usr/bin/python3
"""How the divergence of neural sampling from the Boltzmann distribution falls with the time step.

    bouton sweep bench/programs/bias.bouton BiasOfSteps -o RESULTS.h5
    tools/figures/bias.py RESULTS.h5 PICTURE.svg

A sampled D_KL holds two things: the bias of the sampler, and noise, as a finite sample is never the distribution itself.
What noise alone would give follows from the scatter of the parts of the run; the bias is what is left of D_KL without it,
its error that of a jackknife over the parts. Prints a table and draws it over the number of steps in a refractory period.
"""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np
from summary import number, print_table, read_arguments

NAMES = {False: "exact (Buesing et al.)", True: "as published with SAL"}
COLOURS = {False: "tab:blue", True: "tab:orange"}


def divergence(target, visits):
    """KL of the distribution `target` from that of the visits."""
    return float(np.sum(target * np.log(target / (visits / visits.sum()))))


def of_noise(target, parts):
    """The mean D_KL of an unbiased sampler with such a scatter of its parts, to the order of 1/visits."""
    shares = parts / parts.sum(axis=1, keepdims=True)
    return float(np.sum(shares.var(axis=0, ddof=1) / len(parts) / target) / 2)


def estimate(target, parts):
    """D_KL, what of it is noise, and the standard error of their difference; parts are [part, state]."""
    total = parts.sum(axis=0)
    left_out = [divergence(target, total - parts[i]) - of_noise(target, np.delete(parts, i, axis=0))
                for i in range(len(parts))]
    error = np.sqrt((len(parts) - 1) * np.var(left_out))
    return divergence(target, total), of_noise(target, parts), float(error)


def read_points(sweep):
    """For each way, the rows (steps, spikes, D_KL, noise, error)."""
    points = {}
    timestep = sweep.files[0].attrs["timestep"]
    for way, published in enumerate(sweep.axis("published")):
        rows = points.setdefault(bool(published), [])
        for index, tau_ref in enumerate(sweep.axis("tau_ref")):
            where = {"published": way, "tau_ref": index}
            visits = sweep.column("visits", **where)
            target = sweep.column("probabilities", table=1, **where)[0, 0]
            spikes = sweep.column("spikes", **where).sum()
            rows.append((round(tau_ref / timestep), spikes, *estimate(target, visits.reshape(-1, len(target)))))
    return points


def bias_cells(steps, kl, noise, error):
    """The bias, and it times tau_ref² in steps; a bound of two errors where it is not seen."""
    bias = kl - noise
    if bias < 2 * error:
        return [f"< {max(bias, 0) + 2 * error:.1g}", ""]
    return [f"{number(bias)} ± {error:.1g}", number(bias * steps**2)]


def print_summary(points):
    """A row for each tau_ref."""
    rows = []
    for of_ways in zip(*points.values()):
        row = [f"{of_ways[0][0]:g}"]
        for steps, _, kl, noise, error in of_ways:
            row += [number(kl), number(noise), *bias_cells(steps, kl, noise, error)]
        rows.append(row)
    columns = [column for name in points for column in (f"{NAMES[name]}: D_KL", "of noise", "bias", "· tau_ref²")]
    print_table(["tau_ref, steps", *columns], rows)
    spikes = [row[1] for rows in points.values() for row in rows]
    print(f"\n{min(spikes):.3g} to {max(spikes):.3g} spikes each.")


def draw_way(axes, rows, published):
    steps, _, kl, noise, error = np.array(rows).T
    bias = kl - noise
    seen = bias > 2 * error
    colour = COLOURS[published]
    axes.plot(steps, kl, ":", color=colour, linewidth=1)
    axes.errorbar(steps[seen], bias[seen], error[seen], fmt="o-", color=colour, label=NAMES[published], markersize=4)
    axes.plot(steps[~seen], np.maximum(bias, 0)[~seen] + 2 * error[~seen], "v", color=colour, markersize=5)


def draw_summary(points, path):
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for published, rows in points.items():
        draw_way(axes, rows, published)
    steps, *_, = np.array(points[False]).T
    axes.plot(steps, np.array(points[False])[:, 3], color="grey", linewidth=0.8, label="noise alone")
    axes.set(xscale="log", yscale="log", xlabel="steps in a refractory period", ylabel="D_KL")
    axes.set_title("bias (dots; triangles: its bound where it is not seen), D_KL as sampled (dotted)", fontsize=9)
    axes.legend(frameon=False, fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def main():
    sweep, picture = read_arguments(__doc__)
    points = read_points(sweep)
    print_summary(points)
    draw_summary(points, picture)


if __name__ == "__main__":
    main()
