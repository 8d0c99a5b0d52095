"""An instance of mirrorsel on this machine: how it is made, and what is seen of it."""
