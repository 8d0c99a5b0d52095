"""What is to be seen of an instance, as the doctor judges it."""
