"""The domain: listeners, programmes, portfolios and the rules about them.

Standard library only. Nothing here reads a file, a clock or the network:
whatever depends on time takes the moment as an argument.
"""
