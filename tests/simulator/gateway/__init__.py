"""The gateway of the private URLs: who may come through, and what is answered behind it."""
