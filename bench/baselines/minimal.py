"""The least that a CGI script in Python does, for comparison."""

print("Content-Type: text/plain\n\nx", end="")
