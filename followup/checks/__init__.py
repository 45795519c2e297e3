"""What is wrong in the data: issues with stable ids (MODEL 3.22)."""
