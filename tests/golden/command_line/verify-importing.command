verify importing.bouton
