/*
title: {zh: 领导小组一览, en: Leading groups}
help:
  zh: 全部领导小组、联席会议、专班，附设立文件、办公室所在单位和成员数。
  en: All leading groups, joint conferences and task forces with the document that sets them up, the office and the number of members.
ask:
  zh: ["有哪些领导小组", "成立了哪些议事协调机构", "领导小组办公室设在哪里", "{leading_group}办公室设在哪个单位", "{leading_group}是哪个文件设立的", "{region}有哪些领导小组", "设立了哪些专班和联席会议", "{leading_group}的办公室在哪里", "列出领导小组", "{region}成立了哪些领导小组"]
  en:
    - "Which leading groups are there?"
    - "list of leading groups"
    - "leading groups in {region}"
    - "Where do leading groups have their offices?"
    - "Where is the office of {leading_group}?"
    - "Which document set up {leading_group}?"
    - "all leading groups"
    - "Which leading groups were set up in {region}?"
    - "When was {leading_group} set up?"
params:
  region: {type: Region, default: "", example: 青禾县}
  leading_group: {type: LeadingGroup, default: "", example: 社会救助工作领导小组}
identity: [group_id, document_id]
*/
// rows
MATCH (doc:Document)-[r:ESTABLISHES]->(g:LeadingGroup)
WHERE ($region = '' OR doc.region = $region) AND ($leading_group = '' OR g.id = $leading_group)
OPTIONAL MATCH (g)-[:OFFICE_IN]->(d:Department)
WITH doc, r, g, collect(DISTINCT d.name) AS offices
OPTIONAL MATCH (m:Person|Department)-[:MEMBER_OF]->(g)
RETURN g.id AS group_id, g.name AS leading_group, g.kind AS group_kind, offices AS offices, count(DISTINCT m.id) AS members,
       doc.id AS document_id, doc.title AS document, doc.issued_on AS issued_on,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY issued_on DESC, group_id, document_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:ESTABLISHES]->(g:LeadingGroup)
WHERE ($region = '' OR doc.region = $region) AND ($leading_group = '' OR g.id = $leading_group)
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       g.id AS target_id, labels(g) AS target_labels, properties(g) AS target_properties
ORDER BY target_id, source_id
LIMIT $row_limit;
// count
MATCH (doc:Document)-[r:ESTABLISHES]->(g:LeadingGroup)
WHERE ($region = '' OR doc.region = $region) AND ($leading_group = '' OR g.id = $leading_group)
RETURN count(*) AS total;
