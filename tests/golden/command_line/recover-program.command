recover passing.bouton
