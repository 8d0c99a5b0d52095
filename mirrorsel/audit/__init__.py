"""Whether any virtual host of an Apache httpd still runs code from a document root."""
