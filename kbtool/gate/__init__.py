"""The last look before a site goes out: no byte of it holds what is protected."""
