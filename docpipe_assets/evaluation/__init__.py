"""Judging docpipe on sheets that a person has labelled: what it reads right, and where it is wrong.

Documents go through the same stages as uploads do, in an installation of their own that is gone afterwards.
"""
