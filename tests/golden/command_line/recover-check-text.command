recover --check wrong-seed.txt
