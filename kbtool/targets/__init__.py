"""From a SitePlan to bytes on disk."""
