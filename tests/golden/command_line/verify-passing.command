verify passing.bouton
