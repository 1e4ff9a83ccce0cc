"""What tests do to a simulator and see of it: ordered faults, latency, switches, the log of requests."""
