recover wrong-seed.txt
