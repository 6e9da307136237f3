explain ../../../examples/02_sampling_sal/main.bouton AlignmentStatistics
