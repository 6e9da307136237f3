run passing.bouton --interpret --width 4
