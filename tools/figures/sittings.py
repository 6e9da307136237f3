"""How long something took that was done in several sittings: kept in a JSON file beside its results.

The file is written anew every few seconds while a sitting goes on, so that one that is killed is counted too, up to then.
"""

import json
import os
import platform
import resource
import time
from datetime import datetime, timezone


def cpu_of_children():
    """Seconds, of processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cpu_of(process):
    """Seconds of a process that is running, all its threads; nothing once it has ended."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Sittings:
    """What a file says of sittings, and the one that begins now if `begin` is called."""

    def __init__(self, path):
        self.path = path
        self.all = json.loads(path.read_text())["sittings"] if path.exists() else []
        for sitting in self.all:
            if sitting["ended"] == "running":
                sitting["ended"] = "killed"

    def begin(self, command):
        self.started = time.monotonic()
        self.cpu_before = cpu_of_children()
        machine = f"{platform.machine()}, {os.cpu_count()} processors"
        begun = datetime.now(timezone.utc).isoformat(timespec="seconds")
        self.all.append({"begun": begun, "command": command, "machine": machine, "wall": 0.0, "cpu": 0.0,
                         "ended": "running"})
        self.write()

    def note(self, process=None, ended="running"):
        """`process` is still running."""
        now = self.all[-1]
        now["wall"] = round(time.monotonic() - self.started, 2)
        cpu = cpu_of_children() - self.cpu_before + (cpu_of(process) if process else 0.0)
        now["cpu"] = round(max(now["cpu"], cpu), 2)
        now["ended"] = ended
        self.write()

    def total(self, what):
        """Seconds of all sittings; `what` is wall or cpu."""
        return sum(sitting[what] for sitting in self.all)

    def write(self):
        document = {"wall": round(self.total("wall"), 2), "cpu": round(self.total("cpu"), 2), "sittings": self.all}
        part = self.path.with_suffix(".json.part")
        part.write_text(json.dumps(document, indent=1) + "\n")
        part.replace(self.path)


def duration(seconds):
    """`45.2 s`, `12 min`, `3.2 h`."""
    if seconds < 120:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"
