"""The error pages that the platform writes itself: a bare page of its web server, an OGC exception."""

from __future__ import annotations

from xml.sax.saxutils import escape


def html_page(title: str) -> str:
    """The bare page that the web server in front of the platform writes."""
    return (
        f"<html>\r\n<head><title>{escape(title)}</title></head>\r\n<body>\r\n"
        f"<center><h1>{escape(title)}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )


def exception_report(endpoint: str, code: str, sentence: str) -> str:
    """An OGC exception in the form of the service."""
    if endpoint.startswith("wms"):
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<ServiceExceptionReport xmlns="http://www.opengis.net/ogc" version="1.3.0">\n'
            f'  <ServiceException code="{code}">{escape(sentence)}</ServiceException>\n</ServiceExceptionReport>\n'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ExceptionReport xmlns="http://www.opengis.net/ows/1.1" version="2.0.0">\n'
        f'  <Exception exceptionCode="{code}"><ExceptionText>{escape(sentence)}</ExceptionText></Exception>\n'
        "</ExceptionReport>\n"
    )
