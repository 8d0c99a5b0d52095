"""The exit codes of all verbs."""

GOOD = 0
FINDINGS = 1
CANNOT_TELL = 2
