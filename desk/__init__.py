"""The web Git UI: editing, submissions, review and the work of staff, rendered on the server."""
