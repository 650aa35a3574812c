/*
title: {zh: 下位文件, en: What cites a document}
help:
  zh: 哪些文件引用了这份文件，以及引用它们的文件，逐层向下。
  en: The documents that cite this one, those that cite them, and so on downwards.
ask:
  zh:
    - "哪些文件引用了{document}"
    - "{document}被哪些文件贯彻"
    - "{document}被哪些文件引用"
    - "{document}被谁引用"
    - "哪些文件贯彻了{document}"
    - "{document}的下位文件"
    - "{document}由哪些文件落实"
    - "下面出台了哪些文件落实{document}"
    - "谁引用了{document}"
    - "有哪些文件提到{document}"
    - "哪些文件是根据{document}制定的"
    - "{document}有哪些配套文件"
    - "{document}有哪些下级文件贯彻"
  en:
    - "Which documents cite {document}?"
    - "What cites {document}?"
    - "Which documents implement {document}?"
    - "documents based on {document}"
    - "By which documents is {document} cited?"
    - "Who cites {document}?"
    - "Which documents rest on {document}?"
    - "documents that refer to {document}"
    - "Which documents follow up on {document}?"
    - "documents implementing {document}"
params:
  document: {type: Document, example: 岚政发〔2022〕6号}
identity: [document_id]
*/
// rows
MATCH p = (d:Document {id: $document})<-[:CITES*1..5]-(c:Document)
WHERE c.id <> $document
RETURN min(length(p)) AS depth, c.id AS document_id, c.title AS document, c.doc_number AS doc_number, c.level AS level,
       c.region AS region, c.issued_on AS issued_on
ORDER BY depth, level, document_id
LIMIT $row_limit;
// picture
MATCH (d:Document {id: $document})<-[:CITES*0..4]-(b:Document)
WITH DISTINCT b
MATCH (a:Document)-[r:CITES]->(b)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
ORDER BY target_id, source_id
LIMIT $row_limit;
// count
MATCH (d:Document {id: $document})<-[:CITES*1..5]-(c:Document)
WHERE c.id <> $document
RETURN count(DISTINCT c.id) AS total;
