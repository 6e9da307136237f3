run delayed.bouton
