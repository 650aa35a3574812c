/*
title: {zh: 文件目录, en: Documents}
help:
  zh: 资料库里的文件，可按级别、地区、年份和字词筛选，附任务数。
  en: The documents of the library by level, region, year and words of the title, with the number of tasks.
ask:
  zh: ["有哪些文件", "{region}有哪些文件", "{year}发了哪些文件", "{department}发布了哪些文件", "列出{year}{region}的文件", "{department}印发过什么文件", "{region}{year}印发的文件", "{department}发过哪些文件", "列出{year}的文件", "找{year}的通知"]
  en:
    - "Which documents are there?"
    - "documents of {region}"
    - "documents issued in {year}"
    - "Which documents did {department} issue?"
    - "list documents from {year}"
    - "documents of {region} from {year}"
    - "notices issued in {year}"
    - "What did {department} publish?"
    - "documents by {department}"
params:
  level:
    type: Choice
    choices: [any, national, provincial, municipal, district, township]
    default: any
    example: district
  region: {type: Region, default: "", example: 青禾县}
  year: {type: Year, default: 0, example: 2023, help: {zh: 发文年份,0为不限, en: "Year of issue, 0 for any"}}
  department: {type: Department, default: "", example: 青禾县人民政府, help: {zh: 发文机关, en: Issuing body}}
  text: {type: Text, default: "", example: 养老, help: {zh: 标题中的字词, en: Words of the title}}
identity: [document_id]
*/
// rows
MATCH (doc:Document)
WHERE doc.held = true AND ($level = 'any' OR doc.level = $level) AND ($region = '' OR doc.region = $region)
  AND ($year = 0 OR doc.issued_year = $year) AND ($text = '' OR doc.title CONTAINS $text)
OPTIONAL MATCH (d:Department)-[:ISSUED]->(doc)
WITH doc, collect(DISTINCT d.id) AS ids, collect(DISTINCT d.name) AS issuers
WHERE $department = '' OR $department IN ids
OPTIONAL MATCH (doc)-[:ASSIGNS]->(t:Task)
RETURN doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number, doc.kind AS document_kind,
       doc.level AS level, doc.region AS region, issuers AS issuers, doc.issued_on AS issued_on, count(DISTINCT t.id) AS tasks
ORDER BY issued_on DESC, document_id
LIMIT $row_limit;
// count
MATCH (doc:Document)
WHERE doc.held = true AND ($level = 'any' OR doc.level = $level) AND ($region = '' OR doc.region = $region)
  AND ($year = 0 OR doc.issued_year = $year) AND ($text = '' OR doc.title CONTAINS $text)
OPTIONAL MATCH (d:Department {id: $department})-[x:ISSUED]->(doc)
WITH doc, count(x) AS own
WHERE $department = '' OR own > 0
RETURN count(*) AS total;
