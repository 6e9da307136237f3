verify failing.bouton
