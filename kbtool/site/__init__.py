"""From a Library to a SitePlan: addresses, navigation, languages."""
