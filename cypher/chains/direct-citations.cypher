/*
title: {zh: 引用原文, en: How a document cites others}
help:
  zh: 一份文件直接引用的每份文件，附引用方式（贯彻、根据、按照）和原文。
  en: Each work a document cites itself, with the verb of reliance and the sentence.
ask:
  zh: ["{document}怎样引用其他文件", "{document}引用原文", "{document}中引用其他文件的原话", "{document}引用的原话"]
  en: ["How does {document} cite others?", "citation sentences of {document}", "sentences where {document} cites other documents", "quotations of other documents in {document}"]
params:
  document: {type: Document, example: 青政办发〔2024〕12号}
identity: [cited_id, document_id]
*/
// rows
MATCH (doc:Document {id: $document})-[r:CITES]->(c:Document)
RETURN c.level AS level, c.id AS cited_id, c.title AS cited, c.doc_number AS cited_number, r.basis AS basis, c.held AS held,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY level, cited_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document {id: $document})-[r:CITES]->(c:Document)
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       c.id AS target_id, labels(c) AS target_labels, properties(c) AS target_properties
ORDER BY target_id
LIMIT $row_limit;
// count
MATCH (doc:Document {id: $document})-[r:CITES]->(c:Document)
RETURN count(*) AS total;
