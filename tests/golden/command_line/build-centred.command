build centred.bouton -o centred
