check parameters.bouton --params
