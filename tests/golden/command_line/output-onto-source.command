run passing.bouton -o passing.bouton
