verify passing.bouton Pair --whole --param T="20 ms"
