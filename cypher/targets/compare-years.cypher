/*
title: {zh: 两年目标对比, en: Two years compared}
help:
  zh: 同一指标在两个年份的目标值并列比较。
  en: The same indicator in two years, side by side.
ask:
  zh: ["{year}和{other_year}的目标对比", "比较{year}与{other_year}的指标", "从{year}到{other_year}目标有什么变化", "{year}与{other_year}目标差多少", "{year}和{other_year}有什么不同", "对比{year}{other_year}"]
  en:
    - "compare the targets of {year} and {other_year}"
    - "how do targets change from {year} to {other_year}"
    - "{year} versus {other_year} targets"
    - "difference between the targets of {year} and {other_year}"
    - "{year} and {other_year} compared"
params:
  year: {type: Year, example: 2025}
  other_year: {type: Year, example: 2035}
identity: [target_id, other_id]
*/
// rows
MATCH (doc:Document)-[:SETS|ASSIGNS]->(s:Task|Target)-[:AIMS_AT*0..1]->(x:Target)
WHERE x.year = $year AND x.indicator <> ''
WITH DISTINCT doc, x
MATCH (other:Document)-[:SETS|ASSIGNS]->(z:Task|Target)-[:AIMS_AT*0..1]->(y:Target)
WHERE y.year = $other_year AND y.indicator = x.indicator AND y.unit = x.unit AND other.region = doc.region
WITH DISTINCT doc, x, other, y
RETURN x.indicator AS indicator, x.unit AS unit, doc.region AS region, x.id AS target_id, x.text AS target,
       x.comparator AS comparator, x.value AS amount, y.id AS other_id, y.text AS other_target,
       y.comparator AS other_comparator, y.value AS other_amount, doc.id AS document_id, doc.title AS document,
       other.id AS other_document_id, other.title AS other_document, x.quote AS quote, x.evidence AS evidence, x.rule AS rule,
       y.quote AS other_quote, y.evidence AS other_evidence
ORDER BY indicator, unit, target_id, other_id, document_id, other_document_id
LIMIT $row_limit;
// picture
MATCH (other:Target)
WHERE other.year = $other_year AND other.indicator <> ''
WITH DISTINCT other.indicator AS indicator, other.unit AS unit
MATCH (b:Target)
WHERE b.year = $year AND b.indicator = indicator AND b.unit = unit
MATCH (a:Document|Task)-[r:SETS|AIMS_AT]->(b)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (other:Target)
WHERE other.year = $year AND other.indicator <> ''
WITH DISTINCT other.indicator AS indicator, other.unit AS unit
MATCH (b:Target)
WHERE b.year = $other_year AND b.indicator = indicator AND b.unit = unit
MATCH (a:Document|Task)-[r:SETS|AIMS_AT]->(b)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:SETS|ASSIGNS]->(s:Task|Target)-[:AIMS_AT*0..1]->(x:Target)
WHERE x.year = $year AND x.indicator <> ''
WITH DISTINCT doc, x
MATCH (other:Document)-[:SETS|ASSIGNS]->(z:Task|Target)-[:AIMS_AT*0..1]->(y:Target)
WHERE y.year = $other_year AND y.indicator = x.indicator AND y.unit = x.unit AND other.region = doc.region
WITH DISTINCT doc.id AS document_id, x.id AS target_id, other.id AS other_document_id, y.id AS other_id
RETURN count(*) AS total;
