"""What a counsellor may write about who stands in, and what she is told."""

import pytest

LAKE = "services/lake.yaml"
VALID = "  valid: {from: 2024-01-01, to: 2027-12-31}\n"
SHELTER = "  shelter: true\n"


def test_a_service_may_name_a_member_of_the_migration_services(folder):
    folder.edit(LAKE, SHELTER, f"{SHELTER}  deputy: mbe_lake\n")
    assert folder.problems() == []
    assert folder.load().services["shelter_lake"].deputy == "mbe_lake"
    assert folder.load().services["mbe_lake"].deputy is None


def test_a_service_may_name_one_of_its_own_kind(folder):
    folder.edit(LAKE, "offers: [mbe]", "offers: [mbe, victim_support]")
    folder.edit(LAKE, VALID, f"{VALID}  deputy: shelter_lake\n")
    assert folder.problems() == []


@pytest.mark.parametrize(
    ("deputy", "expected"),
    [
        ("mbe_laek", "There is no service `mbe_laek`. There are `shelter_lake`."),
        ("shelter_laek", "There is no service `shelter_laek`. Did you mean `shelter_lake`?"),
        (
            "mbe_lake",
            "`mbe_lake` cannot stand in for itself. Name another service, or take the line out.",
        ),
        (
            "shelter_lake",
            (
                "`shelter_lake` offers nothing that `mbe_lake` offers. "
                "Name a service with one of these kinds: `mbe`; or advice on migration."
            ),
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_line(folder, deputy, expected):
    folder.edit(LAKE, VALID, f"{VALID}  deputy: {deputy}\n")
    assert folder.problems() == [f"services/lake.yaml:25:11: {expected}"]
