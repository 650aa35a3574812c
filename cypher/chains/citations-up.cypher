/*
title: {zh: 上位依据, en: What a document rests on}
help:
  zh: 一份文件引用的文件，以及这些文件又引用的文件，逐层向上。
  en: The works a document cites, what those cite, and so on upwards.
ask:
  zh:
    - "{document}的依据是什么"
    - "{document}引用了哪些文件"
    - "{document}的上位文件"
    - "{document}是根据什么制定的"
    - "{document}贯彻的是什么文件"
    - "{document}落实的是哪些上级文件"
    - "{document}依据了哪些文件"
    - "{document}的政策依据"
    - "{document}是按照哪些文件来的"
    - "{document}的上级文件是什么"
    - "为什么要发{document}"
  en:
    - "What is {document} based on?"
    - "What does {document} cite?"
    - "citations of {document}"
    - "legal basis of {document}"
    - "Which higher documents does {document} rest on?"
    - "On which documents does {document} rest?"
    - "What does {document} rely on?"
    - "Which documents does {document} refer to?"
    - "authority of {document}"
    - "On whose authority was {document} issued?"
params:
  document: {type: Document, example: 青政办发〔2024〕12号}
identity: [document_id]
*/
// rows
MATCH p = (d:Document {id: $document})-[:CITES*1..5]->(c:Document)
WHERE c.id <> $document
RETURN min(length(p)) AS depth, c.id AS document_id, c.title AS document, c.doc_number AS doc_number, c.level AS level,
       c.issued_on AS issued_on, c.held AS held
ORDER BY depth, level, document_id
LIMIT $row_limit;
// picture
MATCH (d:Document {id: $document})-[:CITES*0..4]->(a:Document)
WITH DISTINCT a
MATCH (a)-[r:CITES]->(b:Document)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
ORDER BY source_id, target_id
LIMIT $row_limit;
// count
MATCH (d:Document {id: $document})-[:CITES*1..5]->(c:Document)
WHERE c.id <> $document
RETURN count(DISTINCT c.id) AS total;
