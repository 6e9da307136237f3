verify passing.bouton symetric
