"""Numbers → what a person reads: charts, tables and sentences in the client's language."""
