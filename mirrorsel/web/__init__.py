"""The web application: it picks a mirror for each request, reads, and counts."""
