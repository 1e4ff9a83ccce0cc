"""What the simulated platform remembers, what it starts from, and which assumptions of the contract hold."""
