run passing.bouton n=20
