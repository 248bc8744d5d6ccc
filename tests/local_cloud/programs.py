"""Small programs for a PATH of a test's own, each a shell script that does what its name says."""

from pathlib import Path

from local_cloud import engine_build, engine_version

OUR_VERSION = engine_version.spell(engine_build.recipe().version)


def put(folder: Path, name: str, script: str) -> Path:
    """Put an executable shell script into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def put_pulumi(folder: Path, version: str) -> Path:
    """An engine that says it has this version."""
    return put(folder, "pulumi", f"echo {version}")


def put_go(folder: Path, build: str, *, version: str = "go1.26.8") -> Path:
    """A Go of this version whose `go build -o TARGET` runs the script with the target as `$target`."""
    return put(
        folder,
        "go",
        f"""
if [ "$1" = version ]; then echo "go version {version} linux/amd64"; exit 0; fi
while [ "$#" -gt 0 ]; do if [ "$1" = -o ]; then target=$2; fi; shift; done
{build}
""",
    )


def builds_engine(note: str = "true") -> str:
    """For `put_go`: build an engine of our version, after running `note`."""
    return f"""
{note}
printf '#!/bin/sh\\necho {OUR_VERSION}\\n' > "$target" && chmod +x "$target"
"""
