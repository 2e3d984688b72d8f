// A Bluesky personal data server and the directory it needs, both in memory or in one throw-away
// folder, both on the loopback address only. Prints one line of JSON when ready; ends on SIGTERM,
// or when its standard input closes: a parent that was killed leaves no orphan.
'use strict'

const crypto = require('crypto')
const fs = require('fs')
const http = require('http')
const path = require('path')

const LOOPBACK = '127.0.0.1'

// Both servers listen on every interface unless told otherwise, and neither can be told.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port, ...rest) {
  const unbound = typeof port === 'number' && typeof rest[0] !== 'string'
  return unbound ? listen.call(this, port, LOOPBACK, ...rest) : listen.call(this, port, ...rest)
}

const plc = require('@did-plc/server')
const pds = require('@atproto/pds')

function setting(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

function environment(directory, port, plcPort) {
  return {
    port,
    hostname: 'localhost',
    devMode: true,
    version: '0.0.0',
    serviceName: 'Bluelamp test server',
    dataDirectory: directory,
    blobstoreDiskLocation: path.join(directory, 'blobs'),
    blobstoreDiskTmpLocation: path.join(directory, 'incoming'),
    didPlcUrl: `http://${LOOPBACK}:${plcPort}`,
    serviceHandleDomains: ['.test'],
    jwtSecret: crypto.randomBytes(16).toString('hex'),
    adminPassword: crypto.randomBytes(16).toString('hex'),
    plcRotationKeyK256PrivateKeyHex: crypto.randomBytes(32).toString('hex'),
    inviteRequired: false,
    rateLimitsEnabled: process.env.PDS_RATE_LIMITS === '1',
    disableSsrfProtection: true,
    crawlers: [],
    // Who asks for followers and mentions is passed on to this view of the network, if there is one.
    bskyAppViewUrl: process.env.APP_VIEW_URL || undefined,
    bskyAppViewDid: process.env.APP_VIEW_URL ? 'did:web:view.test' : undefined,
    // Reports go to the same place.
    reportServiceUrl: process.env.APP_VIEW_URL || undefined,
    reportServiceDid: process.env.APP_VIEW_URL ? 'did:web:view.test' : undefined,
  }
}

async function listening(server) {
  await new Promise((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
}

// Whoever made the folder may have been killed; nobody else's folder is ever touched.
function throwAway(directory) {
  if (path.basename(directory).startsWith('bluelamp-pds-')) {
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

async function main() {
  const plcPort = Number(setting('PLC_PORT'))
  const port = Number(setting('PDS_PORT'))
  const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort })
  const directoryHttp = directory.app.listen(plcPort, LOOPBACK)
  await listening(directoryHttp)

  const env = environment(setting('PDS_DIRECTORY'), port, plcPort)
  const server = await pds.PDS.create(pds.envToCfg(env), pds.envToSecrets(env))
  const started = await server.start()
  if (!started.listening) await listening(started)

  const end = async () => {
    setTimeout(() => process.exit(0), 2000).unref()
    await server.destroy()
    directoryHttp.close()
    throwAway(setting('PDS_DIRECTORY'))
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.stdin.on('end', end).on('error', end).resume()
  console.log(JSON.stringify({ ready: true, pid: process.pid, port }))
}

main().catch((error) => {
  console.error(error.message)
  process.exit(1)
})
