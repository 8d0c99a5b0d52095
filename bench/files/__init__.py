"""Large trees of published files: what their index, look-ups and scans cost."""
