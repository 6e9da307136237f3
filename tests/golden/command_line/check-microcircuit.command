check ../../../examples/03_microcircuit/main.bouton
