"""Who is one person."""

from __future__ import annotations

from graph.identity import Identity, PersonMention

COUNTY = "岚江省宁溪市青禾县"


def person(identity: Identity, name: str, *bodies: str, document: str = "a", region: str = COUNTY) -> PersonMention:
    """A name with the bodies of the posts beside it."""
    mentions = [identity.department(b, region=region, level="district") for b in bodies]
    return identity.person(name, bodies=mentions, region=region, document=document)


def test_one_body_is_one_person() -> None:
    identity = Identity()
    first = person(identity, "辛禾", "县民政局")
    again = person(identity, "辛禾", "青禾县民政局", "县红十字会", document="b")
    third = person(identity, "辛禾", "县红十字会", document="c")
    identity.finish()
    assert first.id == again.id == third.id == f"{COUNTY}/辛禾"
    assert first.person is not None
    assert first.person.bodies == (f"{COUNTY}/民政局", f"{COUNTY}/红十字会")


def test_another_body_is_another_person_until_confirmed() -> None:
    identity = Identity()
    first = person(identity, "辛禾", "县质监局")
    later = person(identity, "辛禾", "县市场监管局", document="b")
    identity.finish()
    assert first.id == f"{COUNTY}/辛禾@质量技术监督局"
    assert later.id == f"{COUNTY}/辛禾@市场监督管理局"
    assert ("same-person", later.id, first.id) in {s[:3] for s in identity.suspects()} | {
        (s[0], s[2], s[1]) for s in identity.suspects()
    }


def test_without_a_post_the_document_tells() -> None:
    identity = Identity()
    known = person(identity, "辛禾", "县民政局")
    beside = person(identity, "辛禾")
    elsewhere = person(identity, "辛禾", document="b")
    identity.finish()
    assert beside.id == known.id
    assert elsewhere.id != known.id
    assert elsewhere.id == f"{COUNTY}/辛禾"


def test_a_class_of_bodies_joins_nobody() -> None:
    identity = Identity()
    one = person(identity, "辛禾", "各有关部门", "县民政局")
    other = person(identity, "辛禾", "各有关部门", "县司法局", document="b")
    identity.finish()
    assert one.id != other.id


def test_regions_tell_people_apart_and_posts_tell_the_region() -> None:
    identity = Identity()
    here = person(identity, "辛禾", "县民政局")
    there = person(identity, "辛禾", "县民政局", document="b", region="岚江省宁溪市云泉县")
    city = person(identity, "季云", "市公安局")
    identity.finish()
    assert here.id != there.id
    assert city.id == "岚江省宁溪市/季云"
