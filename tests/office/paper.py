"""Reading a PDF as a screen reader would."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """The words of a PDF, whatever the line breaks."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def accessibility_of(pdf: bytes) -> dict[str, Any]:
    """What PDF/UA wants said of a document, and its number of pages."""
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    return {
        "is_tagged": bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root,
        "language": str(root["/Lang"]),
        "title": str(reader.metadata.title if reader.metadata else ""),
        "claims_ua": "pdfuaid" in metadata,
        "pages": len(reader.pages),
    }


def alternatives_of(pdf: bytes) -> list[str]:
    """What is said instead of each figure, in the order of reading."""
    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    found: list[str] = []
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if not hasattr(element, "get"):
            continue
        if element.get("/S") == "/Figure":
            found.append(str(element.get("/Alt", "")))
        kids = element.get("/K")
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting += reversed(kids if isinstance(kids, list) else [kids] if kids else [])
    return found
