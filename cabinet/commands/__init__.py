"""The commands, a module each: `add_to` declares the arguments, and a function runs it."""
