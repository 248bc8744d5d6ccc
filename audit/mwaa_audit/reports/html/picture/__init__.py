"""The picture of a network: what stands where, and how lines run between; pure, in pixels.

Zones are columns. The subnets that ways out lead through stand above those of the environment, which all
begin at one height. Gateways stand on the upper border of the VPC, the internet above it, the environment
under its subnets, endpoints beside the zones. Routes run on the left of a column, paths that fail on its
right, so that neither hides the other.
"""

from collections.abc import Sequence

from mwaa_audit.reports.html.picture.contents import contents_of
from mwaa_audit.reports.html.picture.layout import layout_of
from mwaa_audit.reports.html.picture.numbering import NumberedPath, numbered
from mwaa_audit.reports.html.picture.shapes import Box, Edge, Fail, Picture, Text
from mwaa_audit.reports.html.picture.ways import edges_of, fails_of
from mwaa_audit.shown import ShownNetwork

__all__ = ["Box", "Edge", "Fail", "NumberedPath", "Picture", "Text", "numbered", "picture_of"]


def picture_of(
    network: ShownNetwork, paths: Sequence[NumberedPath] = (), marked: frozenset[str] = frozenset()
) -> Picture:
    """Draw a network.

    Args:
        network: What is shown of it.
        paths: The paths in it that fail.
        marked: The parts that something is wrong with.
    """
    layout = layout_of(contents_of(network, paths), marked)
    return Picture(
        width=layout.width,
        height=layout.height,
        ground=layout.ground,
        boxes=layout.boxes,
        edges=tuple(edges_of(network, layout)),
        fails=tuple(fails_of(paths, layout)),
    )
