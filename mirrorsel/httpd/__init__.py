"""Apache httpd, as it is found, set up and run for mirrorsel."""
