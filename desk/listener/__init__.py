"""The screens of a listener: write, send, see what happens next."""
