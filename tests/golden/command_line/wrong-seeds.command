run passing.bouton --seeds 0
