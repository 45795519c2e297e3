"""New workbooks, written with XlsxWriter."""
