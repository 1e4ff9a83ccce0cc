"""When what the window is made of goes."""
