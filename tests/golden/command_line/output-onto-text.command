run passing.bouton -o failing.bouton
