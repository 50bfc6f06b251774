"""An object store that speaks S3, reached with the boto3 library.

Promise: an object is replaced whole, by the store itself; the keys to the store come from where
boto3 looks for them and never from `config.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from site_builder.delivery.media_types import content_type
from site_builder.delivery.publishing.target import Absent, Unreachable
from site_builder.model.target import Target

T = TypeVar("T")
BUSY = 500  # from here on it is the store that is at fault
AT_ONCE = 8  # files on their way at the same time
PIECE = 1 << 20
GONE = ("404", "NoSuchKey", "NotFound")
TAKEN = ("412", "PreconditionFailed", "ConditionalRequestConflict")

ASK = "no-cache"  # keep, but ask each time whether it is still so, as with the other servers


class S3:
    """A bucket, or what stands under a prefix in it; its lifetime is one run."""

    def __init__(self, target: Target) -> None:
        try:
            import boto3  # an optional extra
            import botocore.exceptions as faults
            from botocore.config import Config
        except ImportError:
            message = "发布到 s3 还要安装 boto3：pip install site-builder[s3]"
            raise Absent(message) from None
        self.faults = faults
        self.bucket = target.bucket
        self.prefix = f"{target.path.strip('/')}/" if target.path.strip("/") else ""
        with self._asked():
            # Typed Any: the library makes its calls from a description when it is loaded.
            # Not every store knows the checksums that are sent unasked; all is read back anyway.
            plain = Config(
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )
            self.client: Any = boto3.client(
                "s3",
                endpoint_url=target.endpoint or None,
                region_name=target.region or None,
                config=plain,
            )

    def connect(self) -> None:
        """Whether the bucket is there and may be read."""
        with self._asked():
            self.client.head_bucket(Bucket=self.bucket)

    def sizes(self) -> Mapping[str, int]:
        """Every object under the prefix, with its size."""
        with self._asked():
            pages = self.client.get_paginator("list_objects_v2")
            found = pages.paginate(Bucket=self.bucket, Prefix=self.prefix)
            listed = (item for page in found for item in page.get("Contents", ()))
            return {item["Key"].removeprefix(self.prefix): item["Size"] for item in listed}

    def read(self, path: str) -> bytes | None:
        """An object; None when there is none."""
        with self._asked():
            body = self._body(path)
            return None if body is None else bytes(body.read())

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """The SHA-256 of objects, read from there."""
        wanted = list(paths)
        found = self._all(self._digest, wanted)
        return {path: digest for path, digest in zip(wanted, found, strict=True) if digest}

    def create(self, path: str, content: bytes) -> bool:
        """An object that must not be there yet; the store decides between two who ask at once."""
        try:
            self.client.put_object(**self._named(path), Body=content, IfNoneMatch="*")
        except self.faults.ClientError as fault:
            if _code(fault) in TAKEN:
                return False
            raise Unreachable(_reason(fault)) from None
        except self.faults.BotoCoreError:
            raise Unreachable("连不上对象存储，请核对 endpoint 和网络") from None
        return True

    def write(self, path: str, content: bytes) -> None:
        """An object, in place of one that may be there."""
        with self._asked():
            self.client.put_object(**self._named(path), Body=content)

    def send(self, files: Iterable[tuple[Path, str]]) -> None:
        """Files of this machine, several at once."""
        self._all(self._sent, files)

    def move(self, source: str, target: str) -> None:
        """The store copies the object over the other, then the first one goes."""
        with self._asked():
            origin = {"Bucket": self.bucket, "Key": self.prefix + source}
            self.client.copy_object(**self._named(target), CopySource=origin)
            self.client.delete_object(**self._named(source))

    def remove(self, paths: Iterable[str]) -> None:
        """Objects that may be gone already, one after another."""
        with self._asked():
            for path in paths:
                self.client.delete_object(**self._named(path))

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def _named(self, path: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + path}

    def _sent(self, pair: tuple[Path, str]) -> None:
        source, path = pair
        told = {"ContentType": content_type(source.name), "CacheControl": ASK}
        with source.open("rb") as stream:
            self.client.put_object(**self._named(path), Body=stream, **told)

    def _digest(self, path: str) -> str:
        body = self._body(path)
        if body is None:
            return ""
        found = sha256()
        for piece in body.iter_chunks(PIECE):
            found.update(piece)
        return found.hexdigest()

    def _body(self, path: str) -> Any:
        try:
            return self.client.get_object(**self._named(path))["Body"]
        except self.faults.ClientError as fault:
            if _code(fault) in GONE:
                return None
            raise

    def _all(self, work: Callable[[Any], T], items: Iterable[Any]) -> list[T]:
        with self._asked(), ThreadPoolExecutor(AT_ONCE) as hands:
            return list(hands.map(work, items))

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Every way in which the library can fail, in a clerk's words."""
        try:
            yield
        except self.faults.ClientError as fault:
            raise Unreachable(_reason(fault)) from None
        except self.faults.NoCredentialsError:
            message = "没有找到对象存储的密钥，请设置 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY"
            raise Unreachable(message) from None
        except self.faults.BotoCoreError:
            raise Unreachable("连不上对象存储，请核对 endpoint 和网络") from None
        except ValueError as fault:
            raise Unreachable(f"endpoint 的写法不对：{fault}") from None


def _code(fault: Any) -> str:
    return str(fault.response.get("Error", {}).get("Code", ""))


def _reason(fault: Any) -> str:
    code = _code(fault)
    known = {
        "301": "存储桶不在这个地域，请核对 region 和 endpoint",
        "400": "对象存储没有接受，请核对 region、endpoint 和密钥",
        "403": "对象存储没有允许，请核对密钥、权限和这台电脑的时间",
        "AccessDenied": "对象存储没有允许，请核对密钥和权限",
        "404": "没有这个存储桶，请核对 bucket",
        "NoSuchBucket": "没有这个存储桶，请核对 bucket",
        "NotImplemented": "这个对象存储不能防止两个人同时发布（If-None-Match），请换一种目标",
        "QuotaExceeded": "对象存储的空间已满",
    }
    status = fault.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    otherwise = f"对象存储说：{code}"
    if status >= BUSY:
        otherwise = f"对象存储现在不能用（{code}），过一会儿再发布"
    return known.get(code, otherwise)
