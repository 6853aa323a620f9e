"""Pictures in the window: seen small without holding it, cropped, turned, and given a width."""
