"""What the plugin makes of ROK4's answers, as they were recorded."""
