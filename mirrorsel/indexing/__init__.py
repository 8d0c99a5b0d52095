"""The index of published files, as its only writer keeps it."""
