"""The forms in which lists of mirrors are kept, ours and those of other programs."""
