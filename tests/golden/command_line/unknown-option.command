run passing.bouton --sed 3
