"""The download service behind the gateway: lists, and files that may be asked for in part."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import Request, Response
from werkzeug.wsgi import wrap_file

from ..downloads.service import BadQuestionError, Download, DownloadService, NothingThereError, ServiceForms
from . import error_pages
from .key_guard import StateLike, number

ENDPOINT = "telechargement"
_HTML = "text/html; charset=utf-8"
_BLOCK_BYTES = 1 << 18


def answer(
    state: StateLike, url: str, path: str, parameters: Mapping[str, str], allowed: Collection[str], asked: Request
) -> tuple[Response, str]:
    """Answer a request below the service's `url`, and say which resource it was for (empty for none)."""
    service = DownloadService(url, allowed, _forms(state), "json" in asked.headers.get("Accept", ""))
    try:
        found = service.answer(path, parameters)
    except BadQuestionError:
        return _page(400, "Bad Request"), ""
    except NothingThereError as nothing:
        return (_page(404, "Not Found") if nothing.is_known else _page(403, "Forbidden")), ""
    has_ranges = found.is_file and number(state, "download_ranges", 1)
    return _sent(found, asked, has_ranges=bool(has_ranges)), found.resource


def _forms(state: StateLike) -> ServiceForms:
    options, usual = state.options, ServiceForms()
    return ServiceForms(
        md5=getattr(options, "download_md5", usual.md5),
        length=getattr(options, "download_length", usual.length),
        counts=getattr(options, "download_counts", usual.counts),
        excess=getattr(options, "download_limit_excess", usual.excess),
        rel=getattr(options, "download_rel", usual.rel),
        has_filters=getattr(options, "download_filters", usual.has_filters),
        more_editions=number(state, "download_more_editions", 0),
        large_bytes=number(state, "download_large_bytes", 0),
    )


def _sent(found: Download, asked: Request, *, has_ranges: bool) -> Response:
    opened = wrap_file(asked.environ, found.open(), _BLOCK_BYTES)
    response = Response(opened, content_type=found.content_type, direct_passthrough=True)
    response.content_length = found.length
    response.set_etag(found.etag)
    if has_ranges:
        response.make_conditional(asked, accept_ranges=True, complete_length=found.length)
    return response


def _page(status: int, title: str) -> Response:
    return Response(error_pages.html_page(f"{status} {title}"), status, content_type=_HTML)
