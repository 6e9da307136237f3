rnu passing.bouton
