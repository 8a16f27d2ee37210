"""Parts of the forecast benchmark; the command is `python benchmarks/forecast.py`."""

import os

# Before numpy is loaded: the matrices are tiny, and two processes share two cores.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
