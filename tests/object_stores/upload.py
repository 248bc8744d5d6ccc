"""Puts what is in a folder to a URL, in a bucket that it makes; runs in the stores' virtual environment."""

import sys

from fsspec.core import url_to_fs

if __name__ == "__main__":
    folder, url = sys.argv[1:]
    files, root = url_to_fs(url)
    files.mkdir(root.partition("/")[0])
    files.put(f"{folder}/", f"{root}/", recursive=True)
