// Neo4j's own analyser on statements, read as one version of Cypher (5 or 25): `node lint.mjs VERSION SCHEMA` reads
// [{name, statement}] as JSON from standard input and writes the findings.
import { readFileSync } from "node:fs";
import { lintCypherQuery } from "@neo4j-cypher/language-support";

const [version, schema] = [process.argv[2], JSON.parse(process.argv[3])];
const found = [];
for (const { name, statement } of JSON.parse(readFileSync(0, "utf8"))) {
  const result = lintCypherQuery(`CYPHER ${version}\n${statement}`, schema);
  for (const d of Array.isArray(result) ? result : result.diagnostics) {
    found.push({ name, version, message: d.message, line: d.range?.start.line });
  }
}
console.log(JSON.stringify(found));
