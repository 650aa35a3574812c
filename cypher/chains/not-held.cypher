/*
title: {zh: 被引用但未收录的文件, en: Cited but not held}
help:
  zh: 被引用而资料库里没有正文的文件，按被引次数排列，可据此补充收集。
  en: Works that are cited but whose text is not in the library, by how often they are cited.
ask:
  zh: ["哪些被引用的文件没有收录", "缺哪些文件", "还需要收集哪些文件", "资料库里没有的文件有哪些", "还缺哪些文件", "有哪些文件被引用但没有收录", "引用了但库里没有的文件"]
  en: ["Which cited documents are missing?", "documents cited but not held", "What documents should we still collect?", "Which documents are cited but not in the library?", "Which cited documents do we not have?"]
params: {}
identity: [document_id]
*/
// rows
MATCH (a:Document)-[:CITES]->(c:Document)
WHERE c.held = false
RETURN c.id AS document_id, c.title AS document, c.doc_number AS doc_number, c.level AS level,
       count(DISTINCT a.id) AS cited_by
ORDER BY cited_by DESC, document_id
LIMIT $row_limit;
// picture
MATCH (a:Document)-[r:CITES]->(c:Document)
WHERE c.held = false
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       c.id AS target_id, labels(c) AS target_labels, properties(c) AS target_properties
ORDER BY target_id, source_id
LIMIT $row_limit;
// count
MATCH (a:Document)-[:CITES]->(c:Document)
WHERE c.held = false
RETURN count(DISTINCT c.id) AS total;
