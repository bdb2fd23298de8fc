"""A commit of a portfolio, the academy's content and a moment in; static cabinets out."""
