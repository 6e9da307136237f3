#!/usr/bin/python3
"""The sampling network of seven neurons in Brian 2 (C++ standalone), with what it can express of SAL.

    bench/peers/brian2_sampler.py STEPS FOLDER

Postsynaptic potentials are two delayed jumps of opposite sign, the rule is a pair of exponential traces that changes the
weight at each spike: phases, accumulated updates and windows of finite length cannot be written. Leaves the program
`main` in FOLDER, which simulates STEPS steps, and prints one JSON line: the CPU seconds that it took from the start of
Python until it was built.
"""

import json
import resource
import sys

import numpy as np
from brian2 import (Network, NeuronGroup, SpikeMonitor, Synapses, defaultclock, device, ms, prefs, second,  # noqa: F401
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
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    steps, folder = int(sys.argv[1]), sys.argv[2]
    set_device("cpp_standalone", directory=folder, build_on_run=False)
    prefs.devices.cpp_standalone.openmp_threads = 0
    defaultclock.dt = 1 * ms
    network = Network(*build_network())
    network.run(steps * ms)
    device.build(directory=folder, run=False, compile=True)
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"build_cpu_seconds": sum(part.ru_utime + part.ru_stime for part in spent)}))


if __name__ == "__main__":
    main()
