/*
title: {zh: 文件总体目标, en: Goals of a document}
help:
  zh: 一份文件就整体定下的分年目标，附原文。
  en: The dated goals a document sets as a whole, with the sentences.
ask:
  zh: ["{document}的发展目标", "{document}的总体目标是什么", "{document}定了什么目标", "{document}要达到什么目标", "{document}的目标", "{document}想达到什么"]
  en: ["goals of {document}", "What does {document} aim at?", "objectives set by {document}", "What does {document} want to achieve?", "targets of {document}"]
params:
  document: {type: Document, example: 青政办发〔2024〕12号}
identity: [target_id, document_id]
*/
// rows
MATCH (doc:Document {id: $document})-[r:SETS]->(x:Target)
RETURN x.year AS target_year, x.id AS target_id, x.text AS target, x.indicator AS indicator, x.comparator AS comparator,
       x.value AS amount, x.value_max AS amount_max, x.unit AS unit, doc.id AS document_id, doc.title AS document,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY target_year, target_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document {id: $document})-[r:SETS]->(x:Target)
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       x.id AS target_id, labels(x) AS target_labels, properties(x) AS target_properties
ORDER BY target_id
LIMIT $row_limit;
// count
MATCH (doc:Document {id: $document})-[r:SETS]->(x:Target)
RETURN count(*) AS total;
