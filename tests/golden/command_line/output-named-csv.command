run passing.bouton -o results.csv
