"""How fast everything is; `make bench` prints the tables. Not part of the program."""
