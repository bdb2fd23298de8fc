"""Text of listeners and staff: hostile Markdown in, a safe normal form out.

The text is parsed once as CommonMark, without HTML, and written again from the
parse tree in a form that Python-Markdown reads in one way only. Whatever the
author typed, the normal form holds nothing but the constructs written here.
"""
