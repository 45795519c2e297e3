"""A closed .xlsx or .xlsm: fast read, surgical write (XLSX.md)."""

from .store import ExcelFileStore, set_cells, write_file

__all__ = ["ExcelFileStore", "set_cells", "write_file"]
