"""Events → person-days: each once, each day covered or not, whole or partial, kept from run to run."""
