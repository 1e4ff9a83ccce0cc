"""pg_tileserv, the server of VECTOR-TMS offerings: what it answers below `/vector-tms`."""
