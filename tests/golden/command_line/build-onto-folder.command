build passing.bouton -o .
