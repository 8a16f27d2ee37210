"""Makes the fictional clients of ``data/sample``: the same bytes on every run."""
