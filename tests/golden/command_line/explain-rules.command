explain rules.bouton --param n=3
