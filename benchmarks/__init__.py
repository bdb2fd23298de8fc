"""How fast cabinets are built; `make bench` prints the table. Not part of the program."""
