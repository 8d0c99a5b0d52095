"""What is wrong with an instance, judged from what was seen of it."""
