"""The Entrepôt API of the Géoplateforme, consumer side: pure Python on `requests`."""
