"""What is not the CRM's: the consultant's own tables, licences, the client's aggregates."""
