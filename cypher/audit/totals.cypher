/*
title: {zh: 分解后对不上总数的目标, en: Totals that do not add up}
help:
  zh: 文件总目标与其任务中同一指标、同一年份、同一单位的分目标之和不相等（百分比等比率不参加比较）。
  en: A document's goal and the sum of its tasks' targets for the same indicator, year and unit differ; ratios are left out.
ask:
  zh: ["哪些目标分解后对不上总数", "分项之和不等于总数的指标", "总数对不上的目标", "哪些指标加起来对不上", "哪些总数加不起来", "总数与分项不符"]
  en: ["Which totals do not add up?", "totals that do not match the sum of their parts", "goals whose parts do not add up", "Do the totals add up?", "sums that are wrong"]
params: {}
identity: [target_id]
*/
// rows
MATCH (x:Target)<-[r:SETS]-(doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(y:Target)
WHERE x.indicator <> '' AND y.indicator = x.indicator AND y.unit = x.unit AND coalesce(y.year, x.year) = x.year
  AND NOT x.unit IN ['%', '％', '‰', '个百分点', '倍']
WITH doc, r, x, sum(y.value) AS parts, count(DISTINCT y.id) AS part_count
WHERE part_count > 1 AND abs(parts - x.value) > 0.000001
RETURN x.id AS target_id, x.indicator AS indicator, x.year AS target_year, x.value AS amount, parts AS sum_of_parts,
       part_count AS part_count, x.unit AS unit, doc.id AS document_id, doc.title AS document,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, target_id, quote
LIMIT $row_limit;
// picture
MATCH (x:Target)<-[:SETS]-(doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(y:Target)
WHERE x.indicator <> '' AND y.indicator = x.indicator AND y.unit = x.unit AND coalesce(y.year, x.year) = x.year
  AND NOT x.unit IN ['%', '％', '‰', '个百分点', '倍']
WITH x.id AS target_id, sum(y.value) AS parts, x.value AS amount, count(DISTINCT y.id) AS part_count
WHERE part_count > 1 AND abs(parts - amount) > 0.000001
MATCH (doc:Document)-[r:SETS]->(x:Target)
WHERE x.id = target_id
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       x.id AS target_id, labels(x) AS target_labels, properties(x) AS target_properties
ORDER BY source_id, target_id
LIMIT $row_limit;
// count
MATCH (x:Target)<-[:SETS]-(doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(y:Target)
WHERE x.indicator <> '' AND y.indicator = x.indicator AND y.unit = x.unit AND coalesce(y.year, x.year) = x.year
  AND NOT x.unit IN ['%', '％', '‰', '个百分点', '倍']
WITH x.id AS target_id, x.value AS amount, sum(y.value) AS parts, count(DISTINCT y.id) AS part_count
WHERE part_count > 1
RETURN coalesce(sum(CASE WHEN abs(parts - amount) > 0.000001 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
