"""What files there are: the part of Drive v3 that spreadsheets need, kept in a data folder."""

from __future__ import annotations

import csv
import io
import json
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.google_simulator import fields, values
from sync.google_simulator.book import Book, Json, new_book
from sync.google_simulator.errors import ApiError, DriveError

SPREADSHEET = "application/vnd.google-apps.spreadsheet"


class Drive:
    """Every spreadsheet, each with its name, times and permissions; saved after each change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.books: dict[str, Book] = {}
        self.files: dict[str, Json] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.glob("*.book.json")):
            held = json.loads(path.read_text(encoding="utf-8"))
            book = Book.load(held["book"])
            self.books[book.id], self.files[book.id] = book, held["file"]

    # ---- keeping

    def save(self, book: Book) -> None:
        """Put `book` in place of the one of its id, in memory and (in one step) on disk."""
        file = self.files[book.id]
        file["modifiedTime"] = _now()
        file["version"] = str(int(file["version"]) + 1)
        file["name"] = book.properties["title"]
        self.books[book.id] = book
        path = self.folder / f"{book.id}.book.json"
        fresh = path.with_suffix(".tmp")
        text = json.dumps({"file": file, "book": book.dump()}, ensure_ascii=False, separators=(",", ":"))
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)

    def forget(self, id: str) -> None:
        """Delete a file."""
        self.books.pop(id)
        self.files.pop(id)
        (self.folder / f"{id}.book.json").unlink(missing_ok=True)

    def add(self, book: Book, owner: str | None) -> Book:
        """A new file that its maker may edit."""
        made = _now()
        self.files[book.id] = {
            "name": book.properties["title"], "createdTime": made, "modifiedTime": made, "version": "0",
            "permissions": [{"id": "owner", "type": "user", "role": "owner", "emailAddress": owner or "owner"}],
        }  # fmt: skip
        self.save(book)
        return book

    # ---- finding

    def book(self, id: str, caller: str | None) -> Book:
        """A spreadsheet the caller may use. Raises ApiError 404 or 403."""
        book = self.books.get(id)
        if book is None:
            raise ApiError(404, "Requested entity was not found.")
        if not self.allowed(id, caller):
            raise ApiError(403, "The caller does not have permission")
        return book

    def allowed(self, id: str, caller: str | None) -> bool:
        """Whether the caller may use the file; the owner may always."""
        people = self.files[id]["permissions"]
        return caller is None or any(p.get("emailAddress") == caller or p["type"] == "anyone" for p in people)

    def file(self, id: str, caller: str | None) -> Json:
        """A file's own record. Raises DriveError 404, as Drive answers for both missing and forbidden."""
        if id not in self.files or not self.allowed(id, caller):
            raise DriveError(404, f"File not found: {id}.")
        return self.files[id]

    # ---- the methods of the API

    def create(self, body: Json, caller: str | None) -> Json:
        """files.create"""
        if body.get("mimeType") != SPREADSHEET:
            raise DriveError(400, "The stand-in keeps spreadsheets only.", "badRequest")
        book = self.add(new_book(new_file_id(), body.get("name") or "Untitled"), caller)
        return _resource(book.id, self.files[book.id])

    def get(self, id: str, options: Json, caller: str | None) -> Json:
        """files.get"""
        file = self.file(id, caller)
        mask = fields.parse(options["fields"]) if options.get("fields") else {}
        return _masked(_resource(id, file) | file | {"trashed": False}, mask) if mask else _resource(id, file)

    def list(self, options: Json, caller: str | None) -> Json:
        """files.list, the newest first"""
        text = options.get("q", "")
        name = re.search(r"""name\s*=\s*(["'])(.*?)\1""", text)
        kind = re.search(r"""mimeType\s*=\s*(["'])(.*?)\1""", text)
        found = [
            _resource(id, file) | file
            for id, file in self.files.items()
            if self.allowed(id, caller)
            and (not name or file["name"] == name[2].replace("\\'", "'"))
            and (not kind or kind[2] == SPREADSHEET)
        ]
        found.sort(key=lambda f: f["modifiedTime"], reverse=True)
        out = {"kind": "drive#fileList", "incompleteSearch": False, "files": found}
        default = fields.parse("kind,incompleteSearch,files(kind,id,name,mimeType)")
        return _masked(out, fields.parse(options["fields"]) if options.get("fields") else default)

    def copy(self, id: str, body: Json, caller: str | None) -> Json:
        """files.copy"""
        file = self.file(id, caller)
        book = self.books[id].copy(new_file_id())
        book.properties["title"] = body.get("name") or f"Copy of {file['name']}"
        self.add(book, caller)
        return _resource(book.id, self.files[book.id])

    def update(self, id: str, body: Json, caller: str | None) -> Json:
        """files.update: the name only"""
        self.file(id, caller)
        book = self.books[id].copy()
        book.properties["title"] = body.get("name") or book.properties["title"]
        self.save(book)
        return _resource(id, self.files[id])

    def export(self, id: str, kind: str, caller: str | None) -> str:
        """files.export as CSV of the first tab, as it looks"""
        self.file(id, caller)
        if kind != "text/csv":
            raise DriveError(400, "The requested conversion is not supported.", "badRequest")
        book = self.books[id]
        rows = values.get(book, f"'{book.sheets[0].title}'", {}).get("values", [])
        width = max(map(len, rows), default=0)
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
        return out.getvalue().removesuffix("\r\n")

    def permit(self, id: str, body: Json, caller: str | None) -> Json:
        """permissions.create"""
        file = self.file(id, caller)
        held = {"kind": "drive#permission", "id": secrets.token_hex(10)} | {
            k: v for k, v in body.items() if k in ("type", "role", "emailAddress", "domain")
        }
        file["permissions"].append(held)
        self.save(self.books[id])
        return {k: v for k, v in held.items() if k != "emailAddress"}

    def permissions(self, id: str, caller: str | None) -> Json:
        """permissions.list"""
        held: list[Any] = self.file(id, caller)["permissions"]
        return {"kind": "drive#permissionList", "permissions": held}

    def revoke(self, id: str, permission: str, caller: str | None) -> None:
        """permissions.delete; an e-mail address names its permission too"""
        file = self.file(id, caller)
        kept = [p for p in file["permissions"] if permission not in (p["id"], p.get("emailAddress"))]
        if len(kept) == len(file["permissions"]):
            raise DriveError(404, f"Permission not found: {permission}.")
        file["permissions"] = kept
        self.save(self.books[id])


def new_file_id() -> str:
    """44 characters, as Drive makes them."""
    return "1" + secrets.token_urlsafe(33)[:43]


def _resource(id: str, file: Json) -> Json:
    return {"kind": "drive#file", "id": id, "name": file["name"], "mimeType": SPREADSHEET}


def _masked(value: Json, mask: fields.Mask) -> Json:
    return fields.select(value, mask)  # type: ignore[no-any-return]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
