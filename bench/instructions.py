"""Instructions that a spike of the sampling network costs, counted by valgrind.

Counts of two lengths are subtracted, so that neither start nor compilation is in them. Valgrind's processor has no AVX-512:
what is counted is the code for AVX2, eight doubles in two registers. Instructions that are executed equally often are
shown together, so that one sees what is done per iteration, per neuron and per spike.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import h5py
from measure import Tool, number, print_table

PROGRAM = "bench/programs/scaling.bouton"
LENGTHS = (1000, 61000)  # refractory periods of all replicas together
KERNELS = {
    "sampling": [],
    "with SAL, observed": ["-p", "learns=true", "-p", "epoch=100"],
}
WAYS = {
    "one run": (1, []),
    "8 lanes": (8, []),
    "8 lanes, single": (16, ["--precision=single"])  # two blocks,
}
SHOWN_BLOCKS = 6


def count(tool, words, folder):
    """Spikes, and how often the instruction at each address was executed."""
    output, counts = str(Path(folder) / "out.h5"), Path(folder) / "callgrind"
    valgrind = ["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={counts}"]
    tool.run("run", PROGRAM, "-q", "--threads", "1", "-o", output, *words, before=valgrind)
    with h5py.File(output) as file:
        spikes = int(file["tables/0/spikes"][...].sum())
    return spikes, read_executions(counts)


def read_executions(path):
    """How often the instruction at each address was executed, from the format of callgrind."""
    executions = Counter()
    address, of_call = 0, False
    for line in path.read_text().splitlines():
        if line.startswith("calls="):
            of_call = True  # the next line is the cost of what is called
            continue
        words = line.split()
        if not words or not re.fullmatch(r"0x[0-9a-f]+|[+-](0x[0-9a-f]+|[0-9]+)|\*", words[0]):
            continue
        if words[0].startswith("0x"):
            address = int(words[0], 16)
        elif words[0] != "*":
            address += int(words[0], 0)
        if not of_call:
            executions[address] += int(words[-1])
        of_call = False
    return executions


def hottest(executions, spikes):
    """The groups of instructions that most is spent in: executions per spike, size."""
    groups = Counter(executions.values())
    dearest = sorted(groups.items(), key=lambda group: -group[0] * group[1])[:SHOWN_BLOCKS]
    return [{"per_spike": times / spikes, "instructions": size} for times, size in dearest]


def count_kernel(tool, options, replicas, folder):
    def count_length(windows):
        return count(tool, ["-p", f"windows={windows}", "--seeds", str(replicas), *options], folder)

    few, many = (max(1, length // replicas // 100) * 100 for length in LENGTHS)
    count_length(few)  # from now on code comes from the cache
    (spikes, less), (more_spikes, more) = count_length(few), count_length(many)
    spikes = more_spikes - spikes
    more.subtract(less)
    return {"per_spike": more.total() / spikes, "blocks": hottest(more, spikes)}


def count_kernels(path):
    """Figures by kernel and way; nothing where there is no valgrind."""
    if shutil.which("valgrind") is None:
        return {}
    figures = {}
    with tempfile.TemporaryDirectory(prefix="bouton_instructions_") as folder:
        tool = Tool(path, Path(folder) / "cache")
        for kernel, options in KERNELS.items():
            figures[kernel] = {}
            for way, (replicas, more) in WAYS.items():
                print(f"counting instructions: {kernel}, {way}", file=sys.stderr)
                figures[kernel][way] = count_kernel(tool, [*options, *more], replicas, folder)
    return figures


def block_cells(figures):
    """Of one kernel and way: `instructions × executions per spike`, dearest first."""
    return ", ".join(f"{block['instructions']} × {number(block['per_spike'])}" for block in figures["blocks"])


def print_counts(figures):
    if not figures:
        print("instructions are counted where valgrind is installed (apt-get install valgrind)")
        return
    rows = [[kernel, way, number(of_way["per_spike"]), block_cells(of_way)]
            for kernel, of_kernel in figures.items() for way, of_way in of_kernel.items()]
    print_table(["kernel, AVX2", "", "instructions per spike and lane", "of these: instructions × times per spike"], rows)
