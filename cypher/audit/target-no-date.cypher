/*
title: {zh: 没有年份的目标, en: Targets without a date}
help:
  zh: 有数量而没有写明年份或时限的目标。
  en: Quantities to reach that name no year and no deadline.
ask:
  zh: ["哪些目标没有年份", "没有时限的指标", "哪些指标没写完成时间", "没写年份的目标", "哪些目标没有期限"]
  en: ["Which targets have no year?", "targets without a date", "indicators that lack a deadline", "targets with no deadline", "Which targets say no year?"]
params: {}
identity: [target_id]
*/
// rows
MATCH (o:Document|Task)-[r:SETS|AIMS_AT]->(x:Target)
WHERE x.year IS NULL AND NOT (x)-[:DUE_IN]->(:Period)
OPTIONAL MATCH (o)-[:DUE_IN]->(p:Period)
WITH o, r, x, count(p) AS deadlines
WHERE deadlines = 0
OPTIONAL MATCH (doc:Document)-[:ASSIGNS*0..1]->(o)
RETURN x.id AS target_id, x.text AS target, x.value AS amount, x.unit AS unit, min(doc.id) AS document_id,
       min(doc.title) AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, target_id, quote
LIMIT $row_limit;
// picture
MATCH (o:Document|Task)-[r:SETS|AIMS_AT]->(x:Target)
WHERE x.year IS NULL AND NOT (x)-[:DUE_IN]->(:Period)
OPTIONAL MATCH (o)-[:DUE_IN]->(p:Period)
WITH o, r, x, count(p) AS deadlines
WHERE deadlines = 0
RETURN o.id AS source_id, labels(o) AS source_labels, properties(o) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       x.id AS target_id, labels(x) AS target_labels, properties(x) AS target_properties
ORDER BY source_id, target_id
LIMIT $row_limit;
// count
MATCH (o:Document|Task)-[:SETS|AIMS_AT]->(x:Target)
OPTIONAL MATCH (x)-[:DUE_IN]->(q:Period)
WITH o, x, count(q) AS own
OPTIONAL MATCH (o)-[:DUE_IN]->(p:Period)
WITH x, own + coalesce(x.year, 0) AS dated, count(p) AS deadlines
RETURN count(DISTINCT CASE WHEN dated + deadlines = 0 THEN x.id END) AS failing, count(DISTINCT x.id) AS total;
