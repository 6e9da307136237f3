explain delayed.bouton
