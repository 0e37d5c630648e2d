"""Identity: the same key always gives the same names, and different keys different ones."""

import re

from hypothesis import given
from hypothesis import strategies as st

from docpipe_assets import identity

keys = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300)


@given(keys)
def test_a_partition_key_is_short_and_safe(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,64}", identity.partition_key(key))


@given(keys, keys)
def test_different_keys_have_different_names(one: str, other: str) -> None:
    same = one == other
    assert (identity.partition_key(one) == identity.partition_key(other)) == same
    assert (identity.document_id(one) == identity.document_id(other)) == same


def test_a_partition_key_reads_like_the_file_name() -> None:
    key = identity.partition_key("bids/Riverside Clinic, bid set.pdf")
    assert re.fullmatch(r"riverside-clinic-bid-set-[0-9a-f]{8}", key)


def test_the_same_file_name_in_two_folders_gives_two_partitions() -> None:
    assert identity.partition_key("a/plans.pdf") != identity.partition_key("b/plans.pdf")


def test_names_without_a_latin_letter_still_have_a_key() -> None:
    assert re.fullmatch(r"document-[0-9a-f]{8}", identity.partition_key("###.pdf"))


def test_pages_are_told_apart_by_document_and_number() -> None:
    one, other = identity.document_id("a.pdf"), identity.document_id("b.pdf")
    assert len({identity.page_id(d, n) for d in (one, other) for n in (1, 2, 11)}) == 6


def test_identities_never_change() -> None:
    """Stored rows and Dagster's partitions depend on these for ever."""
    document = identity.document_id("bids/Riverside Clinic.pdf")
    assert (
        str(document),
        str(identity.page_id(document, 3)),
        identity.partition_key("bids/Riverside Clinic.pdf"),
    ) == (
        "c74aa084-9206-50b9-b4ed-6b9eb46f2a39",
        "834ee339-9c44-53dc-b0aa-37e9ce963b3a",
        "riverside-clinic-89366448",
    )
