/*
title: {zh: 全文检索任务, en: Search the text of tasks}
help:
  zh: 正文、标题或所在章节标题含有某些字词的任务。
  en: Tasks whose title, text or section heading holds the words.
ask:
  zh: ["搜索{text}", "查找含有{text}的任务", "哪里提到{text}", "检索{text}", "哪些任务提到{text}", "有没有关于{text}的任务", "关于{text}的任务有哪些", "提到{text}的任务", "任务里有没有{text}", "找{text}", "关于{text}有什么任务"]
  en:
    - "search for {text}"
    - "find {text}"
    - "Where is {text} mentioned?"
    - "tasks about {text}"
    - "Which tasks mention {text}?"
    - "tasks that speak of {text}"
    - "Is {text} mentioned anywhere?"
    - "tasks containing {text}"
    - "look up {text}"
params:
  text: {type: Text, example: 养老服务, help: {zh: 要找的字词, en: Words to look for}}
  region: {type: Region, default: "", example: 青禾县}
  year: {type: Year, default: 0, example: 2023, help: {zh: 发文年份,0为不限, en: "Year of issue, 0 for any"}}
identity: [task_id, document_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE (t.title CONTAINS $text OR t.text CONTAINS $text OR t.section CONTAINS $text)
  AND ($region = '' OR doc.region = $region) AND ($year = 0 OR doc.issued_year = $year)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, t.text AS task_text,
       doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number, doc.issued_on AS issued_on,
       t.position AS position, t.quote AS quote, t.evidence AS evidence, t.rule AS rule
ORDER BY issued_on DESC, document_id, position, task_id
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE (t.title CONTAINS $text OR t.text CONTAINS $text OR t.section CONTAINS $text)
  AND ($region = '' OR doc.region = $region) AND ($year = 0 OR doc.issued_year = $year)
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE (t.title CONTAINS $text OR t.text CONTAINS $text OR t.section CONTAINS $text)
  AND ($region = '' OR doc.region = $region) AND ($year = 0 OR doc.issued_year = $year)
RETURN count(*) AS total;
