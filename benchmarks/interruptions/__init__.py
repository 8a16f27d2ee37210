"""Simulated weeks of clients, with and without a step on a day, and how often the kit finds one."""
