// A run that is killed again and again, at random moments, and resumed each time, writes what a run
// writes that nobody disturbs. Moments have fixed seeds; where in the run they fall depends on the
// machine, and must not matter.
#pragma once

namespace bouton::driver {

// Of `seeds` replicas; reports failures to the running test.
void kill_and_resume(int seeds, int kills);

// Of a sweep over two axes and three seeds.
void kill_and_resume_sweep(int threads, int kills);

}  // namespace bouton::driver
