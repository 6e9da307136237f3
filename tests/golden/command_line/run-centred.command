run centred.bouton
