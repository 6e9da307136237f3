run passing.bouton --checkpoint-every 30s
