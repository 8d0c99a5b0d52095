"""Scans of mirrors: what each holds of the published files."""
