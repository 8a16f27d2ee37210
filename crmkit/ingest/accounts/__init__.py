"""User lists → accounts: who they are, what they are, since when, under which names."""
