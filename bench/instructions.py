"""Instructions that a spike of the sampling network costs, counted by valgrind.

Counts of two lengths are subtracted, so that neither start nor compilation is in it. Valgrind's processor has no AVX-512:
what is counted is the code for AVX2, eight doubles in two registers. A spike is two events, its own and the end of its
potential and refractory period; observing adds two samples per refractory period.
"""

import re
import shutil
import tempfile
from pathlib import Path

import h5py
from measure import Tool, number, print_table

PROGRAM = "bench/programs/scaling.bouton"
LENGTHS = (1000, 11000)  # refractory periods of all replicas together
KERNELS = {
    "sampling": [],
    "with SAL, observed": ["-p", "learns=true", "-p", "epoch=100"],
}
WAYS = {
    "one run": (1, []),
    "8 lanes": (8, []),
    "16 lanes, single": (16, ["--precision=single"]),
}
VALGRIND = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]


def count(tool, words, folder):
    """Instructions and spikes of a run."""
    output = str(Path(folder) / "out.h5")
    text = tool.run("run", PROGRAM, "-q", "--threads", "1", "-o", output, *words, before=VALGRIND).text
    with h5py.File(output) as file:
        spikes = int(file["tables/0/spikes"][...].sum())
    return int(re.search(r"Collected : ([0-9]+)", text)[1]), spikes


def count_kernel(tool, options, replicas, folder):
    """Instructions per spike of a replica."""
    def count_length(windows):
        return count(tool, ["-p", f"windows={windows}", "--seeds", str(replicas), *options], folder)

    few, many = (max(1, length // replicas // 100) * 100 for length in LENGTHS)
    count_length(few)  # from now on code comes from the cache
    (less, spikes), (more, more_spikes) = count_length(few), count_length(many)
    return (more - less) / (more_spikes - spikes)


def count_kernels(path):
    """Figures by kernel and way; nothing where there is no valgrind."""
    if shutil.which("valgrind") is None:
        return {}
    figures = {}
    with tempfile.TemporaryDirectory(prefix="bouton_instructions_") as folder:
        tool = Tool(path, Path(folder) / "cache")
        for kernel, options in KERNELS.items():
            figures[kernel] = {way: count_kernel(tool, [*options, *more], replicas, folder)
                               for way, (replicas, more) in WAYS.items()}
    return figures


def print_counts(figures):
    if not figures:
        print("instructions are counted where valgrind is installed (apt-get install valgrind)")
        return
    print_table(["instructions per spike and lane, AVX2", *WAYS],
                [[kernel, *(number(of_way[way]) for way in WAYS)] for kernel, of_way in figures.items()])
