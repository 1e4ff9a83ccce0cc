"""Downloads on stand-ins: what there is, what is under way, what came of it."""
