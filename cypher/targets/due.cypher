/*
title: {zh: 到期事项, en: What is due}
help:
  zh: 在两个日期之间（默认本季度）到期的任务，附到期日、牵头单位和原文。
  en: Tasks due between two days (this quarter by default), with the day, the leading bodies and the sentence.
ask:
  zh: ["本季度有哪些任务到期", "这个季度要完成什么", "近期到期的任务", "{department}本季度到期的任务", "最近要到期的工作有哪些", "哪些任务快到期了", "{department}快到期的任务", "{department}月底前要完成什么", "近期要交账的任务", "哪些任务要完成了", "到期任务"]
  en:
    - "What is due this quarter?"
    - "tasks due soon"
    - "What does {department} have due this quarter?"
    - "upcoming deadlines"
    - "deadlines this quarter"
    - "What has to be finished this quarter?"
    - "deadlines of {department}"
    - "What must {department} finish soon?"
    - "tasks due"
    - "Which tasks are due?"
    - "deliverables of {department} this quarter"
params:
  from_day: {type: Date, default: quarter-start, example: "2025-01-01", help: {zh: 从哪天起(含), en: "First day, included"}}
  until_day: {type: Date, default: quarter-end, example: "2025-12-31", help: {zh: 到哪天止(含), en: "Last day, included"}}
  department: {type: Department, default: "", example: 青禾县民政局}
identity: [task_id, period_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:DUE_IN]->(p:Period)
WHERE p.ends_on >= $from_day AND p.ends_on <= $until_day AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH doc, t, r, p
ORDER BY p.ends_on, doc.id, t.position, t.id, p.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[x:LEADS|RESPONSIBLE_FOR]->(t)
RETURN p.ends_on AS due_on, p.id AS period_id, p.label AS period, t.id AS task_id, t.number AS task_number,
       coalesce(t.title, t.text) AS task, collect(DISTINCT CASE WHEN type(x) = 'LEADS' THEN d.name END) AS leads,
       collect(DISTINCT CASE WHEN type(x) = 'RESPONSIBLE_FOR' THEN d.name END) AS responsible,
       doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY due_on, document_id, position, task_id, period_id
LIMIT $row_limit;
// picture
MATCH (t:Task)-[r:DUE_IN]->(p:Period)
WHERE p.ends_on >= $from_day AND p.ends_on <= $until_day AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
RETURN t.id AS source_id, labels(t) AS source_labels, properties(t) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       p.id AS target_id, labels(p) AS target_labels, properties(p) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[:DUE_IN]->(p:Period)
WHERE p.ends_on >= $from_day AND p.ends_on <= $until_day AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
RETURN count(*) AS total;
