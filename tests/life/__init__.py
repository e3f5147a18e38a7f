"""People who like, leave, part and come back at random, and a plain model that says what has to be true."""
