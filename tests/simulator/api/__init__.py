"""The simulated Entrepôt API: one module a subject, and what their routes share."""
