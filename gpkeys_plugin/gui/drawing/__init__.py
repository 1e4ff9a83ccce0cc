"""What the theme draws, and what is drawn beside it: colours, icons, grounds, the ring of the keyboard."""
