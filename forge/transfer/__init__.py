"""Git and Git LFS over HTTP: what a real `git` client talks to."""
