/*
title: {zh: 实施步骤, en: Phases of carrying out}
help:
  zh: 文件规定的实施阶段及起止时间。
  en: The steps in which a document is to be carried out, with their dates.
ask:
  zh: ["{document}分几个阶段实施", "{document}的实施步骤", "{document}的时间安排", "各文件的实施步骤", "工作分几步走", "{document}怎么分阶段推进", "{document}有哪些阶段", "{document}的进度安排"]
  en:
    - "phases of {document}"
    - "implementation steps of {document}"
    - "timetable of {document}"
    - "In which stages is {document} carried out?"
    - "How is {document} phased?"
    - "stages of {document}"
    - "schedule of {document}"
    - "When is what done under {document}?"
params:
  document: {type: Document, default: "", example: 青政办发〔2024〕12号}
identity: [document_id, period_id]
*/
// rows
MATCH (doc:Document)-[r:COVERS]->(p:Period)
WHERE ($document = '' OR doc.id = $document) AND r.phase <> ''
RETURN doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number, r.phase AS phase, p.id AS period_id,
       p.label AS period, p.starts_on AS starts_on, p.ends_on AS ends_on, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, starts_on, ends_on, phase, period_id
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:COVERS]->(p:Period)
WHERE ($document = '' OR doc.id = $document) AND r.phase <> ''
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       p.id AS target_id, labels(p) AS target_labels, properties(p) AS target_properties
ORDER BY source_id, target_id
LIMIT $row_limit;
// count
MATCH (doc:Document)-[r:COVERS]->(p:Period)
WHERE ($document = '' OR doc.id = $document) AND r.phase <> ''
RETURN count(*) AS total;
