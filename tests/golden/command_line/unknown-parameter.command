run rules.bouton -p m=3
