#!/usr/bin/python3
"""The sampling network of seven neurons in Brian 2 (C++ standalone), with what it can express of SAL.

    bench/peers/brian2_sampler.py STEPS

Postsynaptic potentials are two delayed jumps of opposite sign, the rule is a pair of exponential traces that changes the
weight at each spike: phases, accumulated updates and windows of finite length cannot be written. Prints one JSON line:
steps per second of CPU time of the simulation alone, and the seconds that it took to make and build it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
from brian2 import (NeuronGroup, SpikeMonitor, Synapses, defaultclock, device, ms, prefs, run, second,  # noqa: F401
                    set_device)

NEURONS = 7
TAU_REF = 50  # steps


def build_network():
    random = np.random.default_rng(1)
    weights = random.uniform(-1, 1, (NEURONS, NEURONS))
    weights = np.triu(weights, 1) + np.triu(weights, 1).T
    neurons = NeuronGroup(
        NEURONS,
        """psp : 1
           bias : 1 (constant)
           last : second""",
        threshold=f"rand() < 1/(1 + exp(-(bias + psp - log({float(TAU_REF)}))))",
        reset="last = t",
        refractory=TAU_REF * ms,
        method="euler",
    )
    neurons.bias = random.uniform(-1, 1, NEURONS)
    neurons.last = -1e9 * ms
    synapses = Synapses(
        neurons,
        neurons,
        """weight : 1
           dpre/dt = -pre/(50*ms) : 1 (event-driven)
           dpost/dt = -post/(50*ms) : 1 (event-driven)""",
        on_pre={
            "on": "psp_post += weight",
            "off": "psp_post -= weight",
            "learn": "pre = 1; weight = clip(weight + 1e-6*post, -2, 2)",
        },
        on_post="post = 1; weight = clip(weight - 1e-6*pre, -2, 2)",
        delay={"on": 1 * ms, "off": TAU_REF * ms, "learn": 0 * ms},
    )
    synapses.connect(condition="i != j")
    pairs = [(i, j) for i in range(NEURONS) for j in range(NEURONS) if i != j]
    synapses.weight = np.array([weights[i, j] for i, j in pairs])
    return neurons, synapses, SpikeMonitor(neurons, record=False)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    steps = int(sys.argv[1])
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bouton_peer_") as folder:
        set_device("cpp_standalone", directory=folder, build_on_run=False)
        prefs.devices.cpp_standalone.openmp_threads = 0
        defaultclock.dt = 1 * ms
        network = build_network()  # noqa: F841, Brian collects what is in sight
        run(steps * ms)
        device.build(directory=folder, run=False, compile=True)
        built = time.perf_counter() - begin
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["./main"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(json.dumps({"steps_per_cpu_second": steps / spent, "build_seconds": built}))


if __name__ == "__main__":
    main()
