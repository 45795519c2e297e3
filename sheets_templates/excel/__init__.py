"""New workbooks, written with XlsxWriter."""

from sheets_templates.excel.workbook import build_workbook

__all__ = ["build_workbook"]
