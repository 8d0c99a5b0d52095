"""Which mirrors a client may be sent to, in which order, and why."""
