#!/usr/bin/python3
"""A whole cycle of tools/figures/reproduce.py in a tiny form: interrupted, killed, killed with its sweep, and gone on with.

    tools/figures/test_reproduce.py [BOUTON]

The results must be those of a run that nobody disturbed, and all sittings must be on record. Seconds.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import h5py

ROOT = Path(__file__).resolve().parent.parent.parent
TINY = ["-p", "windows=100", "-p", "epochs=300", "-p", "validate_every=50", "-p", "validation_factor=4"]


def start(folder, bouton):
    command = [sys.executable, str(ROOT / "tools/figures/reproduce.py"), "--out", str(folder), "--bouton", bouton,
               "--threads", "2", "--checkpoint-every", "1s", "Figure4", "--", *TINY]
    environment = dict(os.environ, BOUTON_CACHE_DIR=str(folder.parent / "cache"))
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def expect(condition, what, output=""):
    if not condition:
        sys.exit(f"failed: {what}\n{output}")
    print(f"ok: {what}", flush=True)


def sweep_of(tool):
    """The process of the sweep that the tool has begun."""
    children = Path(f"/proc/{tool.pid}/task/{tool.pid}/children")
    return int(children.read_text().split()[0])


def wait_for_rows(folder, tool):
    """Until more has been recorded than before this sitting."""
    spool = folder / "Figure4.h5.spool"
    before = spool.stat().st_size if spool.exists() else 0
    while tool.poll() is None:
        if spool.exists() and spool.stat().st_size > before + 1000:
            return
        time.sleep(0.02)


def interrupt(folder, bouton):
    tool = start(folder, bouton)
    wait_for_rows(folder, tool)
    tool.send_signal(signal.SIGINT)
    output = tool.communicate()[0]
    expect(tool.returncode == 1 and "interrupted" in output, "Ctrl-C ends it and says so", output)


def kill(folder, bouton, with_sweep):
    tool = start(folder, bouton)
    wait_for_rows(folder, tool)
    victims = [tool.pid, sweep_of(tool)] if with_sweep else [tool.pid]
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    tool.communicate()
    expect(not (folder / "Figure4.svg").exists(), f"kill -9 {'with' if with_sweep else 'without'} its sweep leaves work")


def finish(folder, bouton):
    tool = start(folder, bouton)
    output = tool.communicate()[0]
    expect(tool.returncode == 0 and (folder / "Figure4.svg").exists(), "it comes to its end and draws", output)


def table_of(folder):
    """Without the times."""
    return [line for line in (folder / "Figure4.md").read_text().splitlines() if line.startswith("|")]


def run_part(folder, bouton, seeds):
    """The sweep of some of the initial networks."""
    results = folder.parent / f"part{seeds[0]}.h5"
    subprocess.run([bouton, "sweep", str(ROOT / "examples/02_sampling_sal/main.bouton"), "Figure4", "-q", *TINY, "-p",
                    f"init_seed={seeds}", "-o", str(results)], check=True, stdout=subprocess.DEVNULL)
    return results


def table_of_files(files):
    drawing = [sys.executable, str(ROOT / "tools/figures/sampling.py")]
    done = subprocess.run([*drawing, *map(str, files), str(files[0].with_suffix(".svg"))], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return [line for line in done.stdout.splitlines() if line.startswith("|")], done


def hash_of(folder):
    with h5py.File(folder / "Figure4.h5") as file:
        return file.attrs["hash"]


def main():
    bouton = str(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/bin/bouton").resolve())
    with tempfile.TemporaryDirectory(prefix="bouton_reproduce_") as scratch:
        whole, pieces = Path(scratch) / "whole", Path(scratch) / "pieces"
        finish(whole, bouton)
        interrupt(pieces, bouton)
        kill(pieces, bouton, with_sweep=False)
        kill(pieces, bouton, with_sweep=True)
        finish(pieces, bouton)
        expect(hash_of(pieces) == hash_of(whole), "results are those of an undisturbed run")
        expect(len(table_of(whole)) > 10 and table_of(pieces) == table_of(whole), "so is the table")
        sittings = json.loads((pieces / "Figure4.json").read_text())["sittings"]
        ends = [sitting["ended"] for sitting in sittings]
        expect(ends == ["interrupted", "killed", "killed", "complete"], f"all sittings are on record: {ends}")
        expect(all(sitting["command"] for sitting in sittings) and sittings[-1]["cpu"] > 0, "with their times")
        finish(pieces, bouton)
        sittings = json.loads((pieces / "Figure4.json").read_text())["sittings"]
        expect(len(sittings) == 4, "what is complete is not run again")
        parts = [run_part(whole, bouton, seeds) for seeds in ([9002], [9003, 9004, 9005])]
        expect(table_of_files(parts)[0] == table_of(whole), "parts of a sweep make the table of the whole")
        twice = table_of_files([parts[0], parts[0]])[1]
        expect(twice.returncode != 0 and "parts differ in one axis" in twice.stdout, "a part counts once", twice.stdout)


if __name__ == "__main__":
    main()
