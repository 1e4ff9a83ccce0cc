"""Reading what map services say, and asking them little."""
