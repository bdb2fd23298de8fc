"""Import of central data: exports of training records and CRM to records of listeners."""
