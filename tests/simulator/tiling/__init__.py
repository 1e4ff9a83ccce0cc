"""Which tiles there are and where they lie, as ROK4 cuts them."""
