#!/usr/bin/python3
"""Runs figures of the SAL paper (arXiv:2503.02642) and draws them; see tools/reproduce, which builds first.

    tools/figures/reproduce.py [--full] [--threads N] [--out FOLDER] [--bouton PATH] [FIGURE...] [-- OPTION...]

Each figure is a sweep. One that was interrupted, killed or has lost its disk goes on where it was; one that is complete is
not run again. OPTION goes to `bouton sweep`, of all figures, in place of what the schedule says.
"""

import argparse
import ctypes
import fcntl
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sittings import Sittings, duration
from summary import Sweep, print_table

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_BETWEEN_NOTES = 5


@dataclass
class Figure:
    """A sweep of a program and what draws it; `full` are the options of the published schedule."""

    program: str
    drawing: str
    short: list
    full: list


PUBLISHED_SAMPLING = ["-p", "validation_factor=1000"]
FIGURES = {
    "Figure4": Figure("examples/02_sampling_sal/main.bouton", "sampling.py", [],
                      ["-p", "epochs=20000", "-p", "validate_every=500", *PUBLISHED_SAMPLING]),
    "Figure5": Figure("examples/02_sampling_sal/plasticity_noise.bouton", "sampling.py", [],
                      ["-p", "shortened=1", "-p", "validate_every=2000", *PUBLISHED_SAMPLING]),
    "Figure6": Figure("examples/03_microcircuit/main.bouton", "figure6.py", ["--seeds", "3"], []),
    "BiasOfSteps": Figure("bench/programs/bias.bouton", "bias.py", ["-p", "windows=20000"], []),
}
PAPER = ["Figure6", "Figure4", "Figure5"]


class Interrupt:
    """Ctrl-C and `kill` are passed on to the sweep, which saves its state; it is not hit by them itself."""

    def __init__(self):
        self.asked = False
        self.process = None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.pass_on)

    def pass_on(self, *_):
        self.asked = True
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)


def die_with_parent():
    """The sweep saves its state too when this program is killed with no time to say so."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def can_be_resumed(results):
    return any(any(results.parent.glob(f"{results.name}.{end}")) for end in ("spool", "checkpoint*"))


def is_there(results):
    """Complete results; what can be resumed is not."""
    return results.exists() and not can_be_resumed(results)


def wait_until_left(results):
    """Where this program was killed, its sweep takes a moment to save its state and lets go of the spool then."""
    spool = Path(f"{results}.spool")
    for attempt in range(60):
        if not spool.exists():
            return
        with spool.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if attempt == 0:
                    print("waiting for an earlier sitting to end", flush=True)
        time.sleep(1)
    sys.exit(f"{results} is being written by another run")


def wait_for(process, sittings):
    """The exit code; the time is noted meanwhile."""
    while True:
        try:
            return process.wait(SECONDS_BETWEEN_NOTES)
        except subprocess.TimeoutExpired:
            sittings.note(process.pid)


def schedule_of(figure, options):
    """The options of a schedule that are not passed on the command line with other values."""
    words = figure.full if options.full else figure.short
    given = {word.partition("=")[0] for word in options.passed}
    kept = []
    for option, value in zip(words[::2], words[1::2]):
        name = value.partition("=")[0] if option == "-p" else option
        if name not in given:
            kept += [option, value]
    return kept


def run_sweep(name, options, results, interrupt):
    """Runs it to its end or until it is interrupted; ends where it fails."""
    figure = FIGURES[name]
    resume = ["--resume"] if can_be_resumed(results) else []
    command = [str(options.bouton), "sweep", figure.program, name, "--threads", str(options.threads),
               "--checkpoint-every", options.checkpoint_every, "-o", str(results), *schedule_of(figure, options),
               *options.passed, *resume]
    sittings = Sittings(results.with_suffix(".json"))
    log = results.with_suffix(".log")
    print(f"{'goes on' if resume else 'begins'}: {shlex.join(command)}\nwhat it prints goes to {log}", flush=True)
    sittings.begin(shlex.join(command))
    with log.open("a", encoding="utf-8") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, start_new_session=True,
                                   preexec_fn=die_with_parent)
        interrupt.process = process
        code = wait_for(process, sittings)
        interrupt.process = None
    ended = "complete" if code == 0 else "interrupted" if interrupt.asked else f"exit code {code}"
    sittings.note(ended=ended)
    if interrupt.asked:
        sys.exit("interrupted: the same command goes on")
    if code != 0:
        sys.exit(f"{name}: `bouton sweep` failed with exit code {code}; the same command tries again")


def times_row(name, results):
    sittings = Sittings(results.with_suffix(".json"))
    if not sittings.all:
        return [name, "not known", "", "0"]
    return [name, duration(sittings.total("wall")), duration(sittings.total("cpu")), str(len(sittings.all))]


def draw(name, options, results):
    """Makes the picture, and the table beside it; prints the table."""
    pictures = ROOT / "docs/figures" if options.full and options.out is None else results.parent
    pictures.mkdir(parents=True, exist_ok=True)
    picture = pictures / f"{name}.svg"
    drawing = ROOT / "tools/figures" / FIGURES[name].drawing
    done = subprocess.run([sys.executable, str(drawing), str(results), str(picture)], stdout=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{name}: {drawing.name} could not draw {results}")
    _, wall, cpu, sittings = times_row(name, results)
    spent = f"Sweep of {name}: {wall}, {cpu} of CPU time, in {sittings} sitting{'' if sittings == '1' else 's'}."
    results.with_suffix(".md").write_text(f"{done.stdout}\n{spent}\n", encoding="utf-8")
    print(f"{done.stdout}\nwritten: {results.with_suffix('.md')}, {picture}", flush=True)


def parse_options():
    words, passed = sys.argv[1:], []
    if "--" in words:
        cut = words.index("--")
        words, passed = words[:cut], words[cut + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--checkpoint-every", default="1min")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--bouton", type=Path, default=ROOT / "build/bin/bouton")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    options = parser.parse_args(words)
    for name in options.figures:
        if name not in FIGURES:
            parser.error(f"there is no {name}: {', '.join(FIGURES)}")
    options.figures = options.figures or PAPER
    options.passed = passed
    return options


def check_results(results):
    """What is there may have been left incomplete on purpose."""
    if not Sweep(results).is_complete():
        sys.exit(f"{results} is not complete and cannot be resumed: move it away to begin anew")


def main():
    options = parse_options()
    folder = (options.out or ROOT / "out" / ("full" if options.full else "short")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{'published' if options.full else 'short'} schedules, results in {folder}", flush=True)
    interrupt = Interrupt()
    for name in options.figures:
        results = folder / f"{name}.h5"
        print(f"\n== {name}", flush=True)
        wait_until_left(results)
        if is_there(results):
            print(f"{results} is there")
        else:
            run_sweep(name, options, results, interrupt)
        check_results(results)
        draw(name, options, results)
        if interrupt.asked:
            sys.exit("interrupted: the same command goes on")
    print("\n== time of the sweeps, all sittings together")
    print_table(["figure", "wall", "CPU", "sittings"], [times_row(name, folder / f"{name}.h5")
                                                      for name in options.figures])


if __name__ == "__main__":
    main()
