/*
title: {zh: 目标年份一览, en: Targets by year}
help:
  zh: 各年份各有多少目标、多少带数值，由任务定的和由文件定的分开。
  en: How many targets there are for each year, those of tasks and those of documents apart.
ask:
  zh: ["各年份有多少目标", "目标按年份分布", "哪些年份有目标", "各年目标数量", "每年有多少目标"]
  en: ["How many targets per year?", "targets by year", "Which years have targets?", "distribution of targets over the years", "number of targets by year"]
params: {}
identity: [target_year]
*/
// rows
MATCH (o:Document|Task)-[r:SETS|AIMS_AT]->(x:Target)
WHERE x.year > 0
RETURN x.year AS target_year, count(DISTINCT x.id) AS targets,
       count(DISTINCT CASE WHEN type(r) = 'AIMS_AT' THEN x.id END) AS task_targets,
       count(DISTINCT CASE WHEN type(r) = 'SETS' THEN x.id END) AS document_targets,
       count(DISTINCT CASE WHEN x.value IS NOT NULL THEN x.id END) AS with_amount
ORDER BY target_year
LIMIT $row_limit;
// count
MATCH (o:Document|Task)-[:SETS|AIMS_AT]->(x:Target)
WHERE x.year > 0
RETURN count(DISTINCT x.year) AS total;
