"""How good the choice of mirrors is, worked out for many clients without a server."""
