"""Dark twins of drawings: lightness turned over, hue kept, paper gone."""

import colorsys
import io
import re

import matplotlib.pyplot as plt
import pytest

from tlsbook.dark import INK, PAPER, dark_svg


@pytest.fixture
def drawing():
    fig, ax = plt.subplots()
    ax.plot([1, 2], color="#0072b2")
    ax.plot([2, 1], color="black")
    ax.set_xlabel("time")
    file = io.StringIO()
    fig.savefig(file, format="svg", facecolor="white")
    plt.close(fig)
    return file.getvalue()


def colours(svg):
    return {match.lower() for match in re.findall(r"(?:fill|stroke): (#[0-9a-fA-F]{6})", svg)}


def hls(colour):
    return colorsys.rgb_to_hls(*(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)))


def test_every_colour_turns_and_keeps_its_hue(drawing):
    dark = dark_svg(drawing)
    assert {"#0072b2", "#000000"} <= colours(drawing)
    assert not {"#0072b2", "#000000"} & colours(dark)
    hue, lightness, saturation = hls("#0072b2")
    (blue,) = [c for c in colours(dark) if hls(c)[2] > 0.5]
    found = hls(blue)
    # a channel has 256 steps: the hue of a colour is known to about 1/256
    assert found[0] == pytest.approx(hue, abs=0.01)
    assert found[1] == pytest.approx(INK + (PAPER - INK) * lightness, abs=0.01)


def test_black_becomes_ink_and_paper_goes(drawing):
    dark = dark_svg(drawing)
    ink = round(255 * INK)
    assert f"#{ink:02x}{ink:02x}{ink:02x}" in colours(dark)
    first_patch = dark.split('<g id="patch_1">')[1].split("</g>")[0]
    assert "fill: none" in first_patch
    assert "#ffffff" not in dark


def test_names_of_parts_are_no_colours():
    svg = '<g id="figure_1"><path style="fill: #ffffff"/><g clip-path="url(#abcdef)"/></g>'
    assert "url(#abcdef)" in dark_svg(svg)


@pytest.mark.parametrize("svg", ["<svg></svg>", '<svg><g id="figure_1"><path style="fill: #000000"/></g></svg>'])
def test_other_drawings_are_refused(svg):
    with pytest.raises(ValueError, match="svg is not allowed"):
        dark_svg(svg)
