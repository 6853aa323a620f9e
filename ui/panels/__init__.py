"""The side panel: guidance and findings."""
