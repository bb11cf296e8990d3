"""The blind sheet: what may be read of a person before names pass, and the masking of what they wrote."""
