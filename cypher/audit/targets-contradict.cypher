/*
title: {zh: 相互矛盾的目标, en: Targets that contradict each other}
help:
  zh: 同一地区、同一指标、同一年份、同一单位，不同文件定的数值不同（文件总目标之间、任务目标之间分别比较）。
  en: The same indicator, year and unit in the same region with different values in different documents; goals are compared with goals, tasks with tasks.
ask:
  zh: ["哪些目标相互矛盾", "不同文件的目标值不一致", "指标前后矛盾", "目标打架的有哪些", "同一个指标两份文件不一样", "不同文件里互相矛盾的指标", "哪些指标在不同文件中数值不同"]
  en: ["Which targets contradict each other?", "contradicting targets", "targets that differ between documents", "targets in conflict", "Do any documents contradict each other on targets?", "Which targets are inconsistent?"]
params: {}
identity: [target_id, other_id]
sort: [indicator, target_year, unit, region, target_id, document_id, other_id, other_document_id]
*/
// rows
MATCH (doc:Document)-[:SETS]->(x:Target)
MATCH (other:Document)-[:SETS]->(y:Target)
WHERE x.indicator <> '' AND x.year > 0 AND y.indicator = x.indicator AND y.year = x.year AND y.unit = x.unit
  AND other.region = doc.region AND doc.id < other.id
  AND y.value <> x.value
WITH doc, x, other, y
ORDER BY x.indicator, x.year, x.unit, doc.region, x.id, doc.id, y.id, other.id
LIMIT $row_limit
RETURN x.indicator AS indicator, x.year AS target_year, x.unit AS unit, doc.region AS region, x.id AS target_id, x.text AS target,
       x.value AS amount, doc.id AS document_id, doc.title AS document, y.id AS other_id, y.text AS other_target,
       y.value AS other_amount, other.id AS other_document_id, other.title AS other_document,
       x.quote AS quote, x.evidence AS evidence, x.rule AS rule, y.quote AS other_quote, y.evidence AS other_evidence
UNION ALL
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(x:Target)
MATCH (other:Document)-[:ASSIGNS]->(u:Task)-[:AIMS_AT]->(y:Target)
WHERE x.indicator <> '' AND x.year > 0 AND y.indicator = x.indicator AND y.year = x.year AND y.unit = x.unit
  AND other.region = doc.region AND doc.id < other.id
  AND y.value <> x.value
WITH doc, x, other, y
ORDER BY x.indicator, x.year, x.unit, doc.region, x.id, doc.id, y.id, other.id
LIMIT $row_limit
RETURN x.indicator AS indicator, x.year AS target_year, x.unit AS unit, doc.region AS region, x.id AS target_id, x.text AS target,
       x.value AS amount, doc.id AS document_id, doc.title AS document, y.id AS other_id, y.text AS other_target,
       y.value AS other_amount, other.id AS other_document_id, other.title AS other_document,
       x.quote AS quote, x.evidence AS evidence, x.rule AS rule, y.quote AS other_quote, y.evidence AS other_evidence;
// picture
MATCH (a:Document|Task)-[r:SETS|AIMS_AT]->(x:Target)
MATCH (doc:Document)-[:SETS]->(x)
MATCH (other:Document)-[:SETS]->(y:Target)
WHERE type(r) = 'SETS' AND x.indicator <> '' AND x.year > 0 AND y.indicator = x.indicator AND y.year = x.year AND y.unit = x.unit
  AND other.region = doc.region AND doc.id <> other.id
  AND y.value <> x.value
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       x.id AS target_id, labels(x) AS target_labels, properties(x) AS target_properties
LIMIT $row_limit
UNION
MATCH (doc:Document)-[:ASSIGNS]->(a:Document|Task)
MATCH (a)-[r:SETS|AIMS_AT]->(x:Target)
MATCH (other:Document)-[:ASSIGNS]->(u:Task)-[:AIMS_AT]->(y:Target)
WHERE type(r) = 'AIMS_AT' AND x.indicator <> '' AND x.year > 0 AND y.indicator = x.indicator AND y.year = x.year AND y.unit = x.unit
  AND other.region = doc.region AND doc.id <> other.id
  AND y.value <> x.value
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       x.id AS target_id, labels(x) AS target_labels, properties(x) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:SETS]->(x:Target)
MATCH (other:Document)-[:SETS]->(y:Target)
WHERE x.indicator <> '' AND x.year > 0 AND y.indicator = x.indicator AND y.year = x.year AND y.unit = x.unit
  AND other.region = doc.region AND doc.id < other.id
WITH count(*) AS goals, coalesce(sum(CASE WHEN y.value <> x.value THEN 1 ELSE 0 END), 0) AS goals_differ
OPTIONAL MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(x:Target)
OPTIONAL MATCH (other:Document)-[:ASSIGNS]->(u:Task)-[:AIMS_AT]->(y:Target)
WHERE x.indicator <> '' AND x.year > 0 AND y.indicator = x.indicator AND y.year = x.year AND y.unit = x.unit
  AND other.region = doc.region AND doc.id < other.id
WITH goals, goals_differ, count(y) AS tasks, coalesce(sum(CASE WHEN y.value <> x.value THEN 1 ELSE 0 END), 0) AS tasks_differ
RETURN goals_differ + tasks_differ AS failing, goals + tasks AS total;
