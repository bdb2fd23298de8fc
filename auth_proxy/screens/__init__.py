"""Pages of the way in: their templates, their language, and the pages that say no."""
