"""The simulator as a process of its own, from the side of the tests: started, steered, signed in to."""
