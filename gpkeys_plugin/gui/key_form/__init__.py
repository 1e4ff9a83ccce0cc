"""What is asked about a key, in the wizard and in an edit: services, security, filters."""
