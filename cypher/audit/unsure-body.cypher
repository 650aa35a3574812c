/*
title: {zh: 待核实的单位, en: Bodies to be reviewed}
help:
  zh: 名称不在机构词表中、或疑为错字的单位，需人工核实。
  en: Bodies whose names are not in the vocabulary of institutions or look like slips; a person should decide.
ask:
  zh: ["哪些单位需要核实", "哪些单位名称不确定", "名称可疑的单位", "哪些单位拿不准", "待核实的单位"]
  en: ["Which bodies need review?", "uncertain department names", "suspect bodies", "bodies to check", "names that could not be recognised"]
params: {}
identity: [department_id]
*/
// rows
MATCH (d:Department)
WHERE d.review = true
OPTIONAL MATCH (d)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
RETURN d.id AS department_id, d.name AS department, d.region AS region, d.aliases AS aliases, count(DISTINCT t.id) AS tasks
ORDER BY tasks DESC, department_id
LIMIT $row_limit;
// count
MATCH (d:Department)
RETURN coalesce(sum(CASE WHEN d.review = true THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
