run passing.bouton One two
