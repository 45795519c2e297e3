"""ExcelFileStore keeps the store contract, on workbooks of two writers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sync.stores.contract import Store, Value
from sync.stores.excel_file import ExcelFileStore
from tests.sync.stores.contract_suite import StoreContract


class TestExcelFileOfXlsxWriter(StoreContract):
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path) -> None:
        self.path = tmp_path / "客户 跟进(华东).xlsx"

    def make(self, sheets: dict[str, Sequence[Sequence[Value]]]) -> Store:
        with xlsxwriter.Workbook(self.path) as workbook:
            day = workbook.add_format({"num_format": "yyyy-mm-dd"})
            moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title)
                for r, row in enumerate(rows):
                    for c, value in enumerate(row):
                        if isinstance(value, datetime):
                            sheet.write_datetime(r, c, value, moment)
                        elif isinstance(value, date):
                            sheet.write_datetime(r, c, value, day)
                        elif isinstance(value, str):
                            sheet.write_string(r, c, value)
                        elif value is not None:
                            sheet.write(r, c, value)
        return ExcelFileStore(self.path)

    def touch(self, store: Store, sheet: str, row: int, column: int, value: Value) -> None:
        workbook = openpyxl.load_workbook(self.path)
        workbook[sheet].cell(row, column).value = value
        workbook.save(self.path)


class TestExcelFileOfOpenpyxl(TestExcelFileOfXlsxWriter):
    def make(self, sheets: dict[str, Sequence[Sequence[Value]]]) -> Store:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)  # type: ignore[arg-type]
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        workbook.save(self.path)
        return ExcelFileStore(self.path)
