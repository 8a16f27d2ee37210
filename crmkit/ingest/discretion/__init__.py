"""What keeps people out of what is prepared: pseudonyms, refusals, what a report must never say."""
