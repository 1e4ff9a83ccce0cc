"""Where offerings are served, and which connections and layers that makes."""
