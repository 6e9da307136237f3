"""What bench/compare and bench/scaling share: runs of bouton as processes, their CPU time, and the machine.

CPU time, because others use the machine too; medians over rounds in which everything that is measured takes its turn.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Done:
    """A process that came to its end: what it printed, its CPU time and the wall time, in seconds."""

    text: str
    cpu: float
    wall: float


class Tool:
    """Runs of bouton as processes of their own; `cache` is the folder of its code cache, none if empty."""

    def __init__(self, path, cache=""):
        self.path = str(path)
        self.environment = dict(os.environ, BOUTON_CACHE_DIR=str(cache))

    def run(self, *words, before=()):
        """`before`: a program that runs it, with its arguments."""
        begin = time.perf_counter()
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen([*before, self.path, *words], cwd=ROOT, env=self.environment, stdout=output,
                                       stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begin
            output.seek(0)
            text = output.read()
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{' '.join([*before, self.path, *words])}\n{text}")
        return Done(text, usage.ru_utime + usage.ru_stime, wall)

    def speed(self, *words):
        """Steps per second of CPU time."""
        done = self.run(*words)
        return float(re.search(r"([0-9.e+]+) steps in", done.text)[1]) / done.cpu

    def sweep_speed(self, *words):
        with tempfile.TemporaryDirectory(prefix="bouton_compare_") as folder:
            return self.speed("sweep", *words, "-q", "-o", f"{folder}/sweep.h5")

    def first_step(self, program, *words):
        """CPU seconds until the first step."""
        text = self.run("run", program, "-q", "--timings", *words).text
        return float(re.search(r"CPU time until then *([0-9.]+)", text)[1])


def find_tool(path):
    """The tool on the command line, that of this checkout if none; ends where there is none."""
    path = path or ROOT / "build/bin/bouton"
    if not path.exists():
        sys.exit(f"there is no {path}: build it first (tools/demo)")
    return path.resolve()


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def vectors():
    flags = Path("/proc/cpuinfo").read_text()
    return next((name for flag, name in [(" avx512f", "AVX-512"), (" avx2", "AVX2")] if flag in flags), "SSE2")


def commit():
    """The commit of this checkout, marked where files differ from it."""
    done = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    return done.stdout.strip() or "unknown"


def describe_machine(load_before):
    return {
        "processor": processor(), "vectors": vectors(), "cores": os.cpu_count(), "commit": commit(),
        "load_before": round(load_before, 1), "load_after": round(os.getloadavg()[0], 1),
    }


def machine_line(machine):
    return (f"{machine['cores']} cores of {machine['processor']} with {machine['vectors']}, load "
            f"{machine['load_before']} before, {machine['load_after']} after; commit {machine['commit']}")


def spread(values):
    """Median, least and greatest."""
    return {"median": statistics.median(values), "least": min(values), "greatest": max(values)}


def number(value, scale=1.0):
    """Three significant digits, as in a table for people; nothing for None."""
    if value is None:
        return ""
    rounded = float(f"{value * scale:.3g}")
    return f"{rounded:,.0f}".replace(",", " ") if 1000 <= abs(rounded) < 1e6 else f"{rounded:g}"


def print_table(head, rows):
    """A table in Markdown."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
