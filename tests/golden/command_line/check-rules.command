check rules.bouton
