"""Where sheets live, behind one contract."""
