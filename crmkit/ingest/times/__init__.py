"""Dates, times and weeks as clients write them → the client's local time."""
