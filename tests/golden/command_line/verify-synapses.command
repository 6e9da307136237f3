verify synapses.bouton
