// Holds requests and answers against the lexicons that the Bluesky server brings along. Reads lines
// of JSON {method, query, answer} and prints a line for each that a lexicon does not allow.
'use strict'

const path = require('path')
const readline = require('readline')

const LEXICONS = path.join(
  path.dirname(require.resolve('@atproto/pds/package.json')),
  'dist',
  'lexicons',
)

function refusals({ method, query, answer }) {
  const { main } = require(path.join(LEXICONS, `${method.replaceAll('.', '/')}.defs.js`))
  const known = Object.keys(main.parameters.shape)
  const strange = Object.keys(query).filter((name) => !known.includes(name))
  const typed = { ...query, ...(query.limit && { limit: Number(query.limit) }) }
  const asked = main.parameters.safeParse(typed)
  const answered = main.output.schema.safeParse(answer)
  return [
    ...strange.map((name) => `${method}: no parameter ${name}`),
    ...[asked, answered].filter((one) => !one.success).map((one) => `${method}: ${one.reason ?? one.error}`),
  ]
}

const lines = readline.createInterface({ input: process.stdin })
let read = 0
lines.on('line', (line) => {
  read += 1
  for (const refusal of refusals(JSON.parse(line))) console.log(refusal)
})
lines.on('close', () => console.log(JSON.stringify({ read })))
