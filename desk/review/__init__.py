"""The screens of a reviewer: what waits, one submission, and what is decided about it."""
