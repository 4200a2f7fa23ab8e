"""Exact density matrices at time t, and the slow routes that they are checked against."""

from tlsglass.dynamics.states import System, subsystem, system, two_site_density_matrix

__all__ = ["System", "subsystem", "system", "two_site_density_matrix"]
