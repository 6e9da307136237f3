run passing.bouton --seed abc
