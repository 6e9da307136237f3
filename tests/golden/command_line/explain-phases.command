explain phases.bouton
