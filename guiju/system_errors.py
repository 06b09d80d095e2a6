"""What the operating system answers where a file cannot be read or written, told in both languages."""

from __future__ import annotations

import errno
import os

from guiju.dsl.diagnostic import Text

NO_FILE = Text("是设备、管道之类，不是普通文件", "a device or a pipe, no regular file")
_CHINESE = {
    errno.EACCES: "没有权限",
    errno.EBUSY: "正被占用",
    errno.EDQUOT: "超出配额",
    errno.EEXIST: "那里已有同名的文件或文件夹",
    errno.EFBIG: "文件过大",
    errno.EIO: "读写时硬件出错",
    errno.EISDIR: "是文件夹",
    errno.ELOOP: "链接绕成了一圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENFILE: "系统中打开的文件太多",
    errno.ENODEV: "没有这个设备",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOMEM: "内存不足",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENXIO: "没有这个设备或地址",
    errno.EPERM: "系统不允许",
    errno.EROFS: "所在的磁盘只能读",
}
_OTHERS = {"embedded null byte": "名称里有空字符"}  # what Python answers before the system is asked


def reason_of(error: OSError | ValueError) -> Text:
    """Why the system refused; in its own words where there are none of ours."""
    if isinstance(error, OSError) and error.errno is not None:
        return reason_numbered(error.errno, error.strerror)
    said = str(error).partition("\n")[0]
    return Text(_OTHERS.get(said, said), said)


def reason_numbered(number: int, said: str | None = None) -> Text:
    """The same by the number of the error."""
    english = said or os.strerror(number)
    return Text(_CHINESE.get(number, english), english)
