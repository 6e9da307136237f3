build delayed.bouton -o delayed
