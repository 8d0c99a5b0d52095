"""What to believe of mirrors, given what probes saw."""
