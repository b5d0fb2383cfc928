// SPDX-License-Identifier: Apache-2.0
// Checks CloudFormation templates against AWS's own resource schemas (npm: @aws-cdk/aws-service-spec): resource types, property names, required
// properties and kinds of values, all the way down. Usage: node check.mjs TEMPLATE... (needs npm packages, see Makefile). Exit 1 on a finding.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
const require = createRequire(process.cwd() + '/');
const YAML = require('yaml');
const db = require('@aws-cdk/aws-service-spec').loadAwsServiceSpecSync();

const types = new Map(db.all('resource').map(r => [r.cloudFormationType, r]));
let findings = 0;
const say = (where, what) => { findings++; console.error(`${where}: ${what}`); };
const isCall = v => v && typeof v === 'object' && !Array.isArray(v) && Object.keys(v).length === 1 && /^(Ref|Fn::)/.test(Object.keys(v)[0]);

function value(where, type, v) {
  if (isCall(v)) return;
  switch (type.type) {
    case 'string': if (typeof v === 'object') say(where, 'must be text'); break;
    case 'number': case 'integer': if (typeof v !== 'number' && !/^\d+$/.test(v)) say(where, 'must be a number'); break;
    case 'boolean': if (typeof v !== 'boolean' && v !== 'true' && v !== 'false') say(where, 'must be true or false'); break;
    case 'array': if (!Array.isArray(v)) say(where, 'must be a list'); else v.forEach((x, i) => value(`${where}[${i}]`, type.element, x)); break;
    case 'map': if (typeof v !== 'object') say(where, 'must be a map'); else Object.entries(v).forEach(([k, x]) => value(`${where}.${k}`, type.element, x)); break;
    case 'ref': object(where, db.get('typeDefinition', type.reference.$ref).properties, v); break;
    case 'union': { const before = findings, log = console.error; let ok = false; console.error = () => {};
      for (const t of type.types) { findings = before; value(where, t, v); if (findings === before) { ok = true; break; } }
      console.error = log; findings = before; if (!ok) say(where, 'fits none of its kinds'); break; }
    default: break; // json, tag, null, date-time
  }
}
function object(where, properties, v) {
  if (typeof v !== 'object' || Array.isArray(v)) return say(where, 'must have properties');
  for (const [name, inner] of Object.entries(v)) {
    if (!properties[name]) say(`${where}.${name}`, 'there is no such property'); else value(`${where}.${name}`, properties[name].type, inner);
  }
  for (const [name, p] of Object.entries(properties)) if (p.required && !(name in v)) say(where, `${name} is missing`);
}
for (const file of process.argv.slice(2)) {
  const template = YAML.parse(readFileSync(file, 'utf8'));
  let n = 0;
  for (const [id, resource] of Object.entries(template.Resources)) {
    const found = types.has(resource.Type) ? [types.get(resource.Type)] : [];
    if (found.length === 0) { say(`${file} ${id}`, `there is no ${resource.Type}`); continue; }
    object(`${file} ${id}`, found[0].properties, resource.Properties); n++;
  }
  console.log(`${file}: ${n} resources checked`);
}
process.exit(findings ? 1 : 0);
