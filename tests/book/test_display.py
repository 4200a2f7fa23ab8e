"""show(): the text alternative is never lost, the same figure gives the same bytes, the provenance line is right."""

import base64
import subprocess
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest

import tlsbook
from tlsbook.provenance import provenance_line


@pytest.fixture
def shown(monkeypatch):
    """Outputs of show() for a figure with one line: (data, metadata) of each, as a notebook would keep them."""

    def run(alt="A line that rises\n   from 1 to 2.", **options):
        outputs = []

        def keep(output, metadata=None, raw=False):
            outputs.append((output if raw else {"text/html": output.data}, metadata))

        monkeypatch.setattr("tlsbook.display.display", keep)
        fig, ax = plt.subplots(figsize=(4, 3))
        ax.plot([1, 2])
        tlsbook.show(fig, alt, **options)
        assert not plt.fignum_exists(fig.number)
        return outputs

    return run


def test_svg_carries_the_text_alternative(shown):
    ((data, metadata),) = shown()
    assert data["image/svg+xml"].count("<svg") == 1
    assert data["text/plain"] == "A line that rises from 1 to 2."
    assert metadata == {"image/svg+xml": {"alt": "A line that rises from 1 to 2."}}


def test_same_figure_same_bytes(shown):
    assert shown() == shown()
    assert shown(dense=True) == shown(dense=True)


def test_dense_figure_is_a_png_at_twice_its_shown_size(shown):
    ((data, metadata),) = shown(dense=True)
    png = base64.b64decode(data["image/png"])
    pixels = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    assert [metadata["image/png"][side] for side in ("width", "height")] == [p // 2 for p in pixels]
    assert metadata["image/png"]["alt"]


def test_provenance_is_a_second_output(shown):
    record = SimpleNamespace(function="f", seed=3, n_realisations=5000, data_file="data/fig04.csv", run_time_s=4000.0)
    _, (line, _) = shown(provenance=record)
    assert line["text/html"] == (
        '<p class="provenance">Data: <code>f</code>, seed 3, 5 000 realisations, '
        '<a href="../data/fig04.csv">fig04.csv</a>, run time 67 min</p>'
    )


def test_provenance_leaves_out_what_is_not_known():
    line = provenance_line(SimpleNamespace(function=provenance_line, seed=None, run_time_s=1.234))
    assert line == '<p class="provenance">Data: <code>tlsbook.provenance.provenance_line</code>, run time 1.2 s</p>'


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_refuses_a_figure_without_words(shown, alt):
    with pytest.raises(ValueError, match="alt = .* must be a sentence"):
        shown(alt)
    plt.close("all")


def test_refuses_what_is_no_figure_and_an_empty_record(shown):
    with pytest.raises(ValueError, match="fig = 3 .* must be a matplotlib Figure"):
        tlsbook.show(3, "three")
    with pytest.raises(ValueError, match="provenance = .* at least one of function"):
        shown(provenance=SimpleNamespace(function=None))
    plt.close("all")


def test_a_build_loads_no_matplotlib():
    parts = "; ".join(f"import tlsbook.{part}" for part in tlsbook.PARTS)
    command = f"import sys; {parts}; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", command], check=True)
