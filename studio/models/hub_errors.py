"""What the Hub and the network answer, as sentences."""

import errno

import httpx2
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from studio.models.hub_cache import Repository
from studio.plan.errors import Failure, Refusal, StudioError

# Everything that a request to the Hub raises; OSError covers a full disk as well.
HUB_ERRORS = (httpx2.HTTPError, OSError)


def hub_error(repository: Repository, error: Exception, *, files: bool = False) -> StudioError:
    """The refusal (the request was at fault) or failure (the way there was) that an error of the Hub's library stands for.

    `files`: it came while files were fetched.
    """
    match error:
        case OfflineModeIsEnabled():
            return offline(repository)
        case GatedRepoError():
            what = f"the {repository.noun}'s owner has to grant access first"
            now = "ask for access on its page, then log in with `hf auth login`"
            return _refusal("hub-gated", what, repository, now)
        case RevisionNotFoundError():
            what = f"the {repository.noun} has no such revision"
            return _refusal("hub-no-revision", what, repository, "name a branch, tag or commit it has")
        case DisabledRepoError():
            what = f"the Hub has disabled this {repository.noun}"
            return _refusal("hub-disabled", what, repository, f"choose another {repository.noun}")
        # The Hub says "not found" for what is private too, so that it does not give names away.
        case RepositoryNotFoundError():
            what = f"the Hub knows no such {repository.noun}, or it is private"
            now = f"check the name; for a private {repository.noun} log in with `hf auth login`"
            return _refusal("hub-not-found", what, repository, now)
        case HfHubHTTPError():
            return _answered(repository, error.response.status_code, error)
        case httpx2.TransportError():
            host = f" ({error.request.url.host})" if error._request is not None else ""
            return Failure(
                "hub-unreachable",
                f"the connection to the Hub{host} failed or was lost",
                where=repository.id,
                now=f"check the network and try again{'; files that are complete are kept' if files else ''}",
                field=repository.field,
            )
        case OSError(errno=errno.ENOSPC):
            return disk_full(repository, None)
    return Failure(
        "download-failed",
        f"the download failed: {' '.join(str(error).split())[:200] or type(error).__name__}",
        where=repository.id,
        now="try again",
        field=repository.field,
    )


def offline(repository: Repository) -> Refusal:
    """The refusal where HF_HUB_OFFLINE is set."""
    return _refusal(
        "hub-offline",
        "downloads are switched off by HF_HUB_OFFLINE",
        repository,
        f"unset that variable and start again, or choose a {repository.noun} that is on this machine",
    )


def disk_full(repository: Repository, missing_bytes: int | None) -> StudioError:
    """The error where the cache's disk cannot take the files: before the download (bytes known) or during it."""
    if missing_bytes is None:
        return Failure(
            "disk-full",
            "the disk is full",
            where=repository.id,
            now="free some space and try again",
            field=repository.field,
        )
    what = f"the {repository.noun} needs {missing_bytes / 1e9:,.1f} GB more than the disk has free"
    return _refusal("disk-full", what, repository, "free some space, or move the cache with HF_HOME")


def _answered(repository: Repository, status: int, error: HfHubHTTPError) -> StudioError:
    match status:
        case 401 | 403:
            now = f"log in with `hf auth login`, and check that the account may read this {repository.noun}"
            what = f"the Hub does not give this {repository.noun} to you (status {status})"
            return _refusal("hub-no-access", what, repository, now)
        case 404:
            what = f"the Hub has no such {repository.noun} or file"
            return _refusal("hub-not-found", what, repository, "check the name")
        case 429:
            wait = error.response.headers.get("Retry-After", "")
            now = f"try again in {wait} seconds" if wait.isdigit() else "wait some minutes and try again"
            return Failure(
                "hub-busy",
                "the Hub asks to slow down (status 429)",
                where=repository.id,
                now=now,
                field=repository.field,
            )
    return Failure(
        "hub-failed",
        f"the Hub answered with status {status}",
        where=repository.id,
        now="try again later",
        field=repository.field,
    )


def _refusal(code: str, what: str, repository: Repository, now: str) -> Refusal:
    return Refusal(code, what, where=repository.id, now=now, field=repository.field)
