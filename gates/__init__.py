"""What takes longer than the tests: full matrices, for `make gates`; their results are in `RESULTS.md`."""
