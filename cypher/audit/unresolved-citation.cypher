/*
title: {zh: 未能对应的引用, en: Citations of works not held}
help:
  zh: 引用了资料库中没有正文的文件，附引用原文。
  en: Citations of works whose text is not in the library, with the sentence.
ask:
  zh: ["哪些引用没有对应到文件", "未解析的引用", "引用了但找不到的文件", "哪些引用对不上文件"]
  en: ["Which citations are unresolved?", "unresolved citations", "citations that lead nowhere", "references that could not be resolved"]
params: {}
identity: [document_id, cited_id]
*/
// rows
MATCH (doc:Document)-[r:CITES]->(c:Document)
WHERE c.held = false
RETURN c.id AS cited_id, c.title AS cited, c.doc_number AS cited_number, c.level AS level, r.basis AS basis,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, cited_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:CITES]->(c:Document)
WHERE c.held = false
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       c.id AS target_id, labels(c) AS target_labels, properties(c) AS target_properties
ORDER BY source_id, target_id
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:CITES]->(c:Document)
WITH DISTINCT doc.id AS document_id, c.id AS cited_id, c.held AS held
RETURN coalesce(sum(CASE WHEN held = false THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
