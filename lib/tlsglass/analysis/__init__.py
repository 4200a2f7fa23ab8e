"""What is read off the curves: exponents with errors, windows, laws to compare with."""
