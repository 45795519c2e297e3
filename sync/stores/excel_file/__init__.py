"""A closed .xlsx or .xlsm: fast read, surgical write (XLSX.md)."""
