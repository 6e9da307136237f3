check passing.bouton --emit=foo
