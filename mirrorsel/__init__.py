"""Choose the nearest healthy download mirror, inside Apache httpd, without CGI."""
