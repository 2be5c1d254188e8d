"""What the benchmarks share: a filled town, mixes of work, loads, the rival scheme, and how results are told."""
