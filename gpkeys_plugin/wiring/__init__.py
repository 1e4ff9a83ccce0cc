"""Makes the parts and hands them to each other, once somebody asks for them."""
