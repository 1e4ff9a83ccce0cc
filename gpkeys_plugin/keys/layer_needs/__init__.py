"""What the layers of a project need to draw: what their sources ask for and carry, and what mends them."""
