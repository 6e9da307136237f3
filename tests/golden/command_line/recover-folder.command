recover .
