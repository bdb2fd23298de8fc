"""An index over all repositories that can be thrown away and rebuilt at any time."""
