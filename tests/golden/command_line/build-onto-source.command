build passing.bouton -o passing.bouton
