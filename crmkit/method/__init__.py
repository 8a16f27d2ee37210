"""Prepared tables → numbers: pure functions on pandas frames, no files, no clock, no words."""
