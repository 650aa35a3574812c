/*
title: {zh: 督查台账, en: Ledger of tasks}
help:
  zh: 每项任务一行，列明牵头、责任、配合单位，完成时限和依据，可按单位、文件、地区、年份筛选，供督查督办。
  en: One line per task with its lead, responsible and assisting bodies, deadline and source; filter by body, document, region, year.
ask:
  zh: ["{department}的台账", "{department}{year}督查台账", "{document}的任务台账", "{region}{year}任务台账", "生成{department}工作台账", "导出台账", "列一张责任分解表", "把{document}做成台账", "{department}{year}的台账", "督查台账"]
  en:
    - "ledger of {department}"
    - "ledger of tasks for {department} in {year}"
    - "task ledger of {document}"
    - "supervision ledger for {region}"
    - "make a ledger of all tasks"
    - "spreadsheet of {department}'s tasks"
    - "ledger of {document}"
    - "ledger for {region} in {year}"
    - "tracking sheet of all tasks"
params:
  department: {type: Department, default: "", example: 青禾县民政局}
  document: {type: Document, default: "", example: 青政办发〔2024〕12号}
  region: {type: Region, default: "", example: 青禾县}
  year: {type: Year, default: 0, example: 2023, help: {zh: 发文或完成年份,0为不限, en: "Year of issue or of completion, 0 for any"}}
identity: [task_id, document_id]
*/
// rows
MATCH (doc:Document)-[s:ASSIGNS]->(t:Task)
WHERE ($document = '' OR doc.id = $document) AND ($region = '' OR doc.region = $region)
  AND ($year = 0 OR doc.issued_year = $year OR $year_text IN t.years)
  AND ($department = ''
       OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH doc, s, t
ORDER BY doc.issued_on DESC, doc.id, t.position, t.id, s.quote
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH doc, s, t,
     collect(DISTINCT CASE WHEN type(r) = 'LEADS' THEN d.name END) AS leads,
     collect(DISTINCT CASE WHEN type(r) = 'RESPONSIBLE_FOR' THEN d.name END) AS responsible,
     collect(DISTINCT CASE WHEN type(r) = 'ASSISTS' THEN d.name END) AS assists
OPTIONAL MATCH (t)-[:DUE_IN]->(p:Period)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       leads AS leads, responsible AS responsible, assists AS assists,
       collect(DISTINCT p.label) AS due, doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number,
       doc.issued_on AS issued_on, t.section AS section, t.position AS position,
       s.quote AS quote, s.evidence AS evidence, s.rule AS rule
ORDER BY issued_on DESC, document_id, position, task_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE ($document = '' OR doc.id = $document) AND ($region = '' OR doc.region = $region)
  AND ($year = 0 OR doc.issued_year = $year OR $year_text IN t.years)
  AND ($department = ''
       OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH DISTINCT t
LIMIT $row_limit
MATCH (t)<-[r:ASSIGNS|LEADS|RESPONSIBLE_FOR|ASSISTS]-(a:Department|Document)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE ($document = '' OR doc.id = $document) AND ($region = '' OR doc.region = $region)
  AND ($year = 0 OR doc.issued_year = $year OR $year_text IN t.years)
  AND ($department = ''
       OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
RETURN count(*) AS total;
