run importing.bouton -q
