verify passing.bouton symmetric
