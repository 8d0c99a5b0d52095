"""The web application: it picks a mirror for each request, and only reads."""
