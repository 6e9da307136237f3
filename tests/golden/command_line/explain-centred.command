explain centred.bouton
