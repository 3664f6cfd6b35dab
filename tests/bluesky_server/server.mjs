// The real Bluesky server for tests: a PLC directory and a PDS from npm, and a small stand-in for
// the AppView (which is no npm package). The stand-in follows the PDS's firehose
// (com.atproto.sync.subscribeRepos, the real one) and answers what the help desk asks of an AppView,
// each request with the service token that the PDS signs. Prints one line of JSON when it listens.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The packages lie in a cache outside of the project: the first argument says where.
const packages = createRequire(join(process.argv[2], "package.json"));
const { PDS, envToCfg, envToSecrets, readEnv } = packages("@atproto/pds");
const { Database: PlcDatabase, PlcServer } = packages("@did-plc/server");
const { Subscription, verifyJwt } = packages("@atproto/xrpc-server");
const { cborToLexRecord, readCar } = packages("@atproto/repo");
const { IdResolver } = packages("@atproto/identity");
const { Secp256k1Keypair } = packages("@atproto/crypto");

const VIEW_DID = "did:web:appview.test";
const POST = "app.bsky.feed.post";

const plc = PlcServer.create({ db: PlcDatabase.mock(), port: 0 });
await plc.start();
const plcUrl = `http://localhost:${plc.server.address().port}`;

const posts = [];
const likes = [];
const handles = new Map();
const resolver = new IdResolver({ plcUrl });

const view = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  const method = url.pathname.replace("/xrpc/", "");
  const answer = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  try {
    const viewer = await viewerOf(request, method);
    const reply = methods[method];
    if (!reply) return answer(501, { error: "MethodNotImplemented", message: method });
    answer(200, reply(url.searchParams, viewer));
  } catch (error) {
    answer(401, { error: "AuthMissing", message: String(error) });
  }
});
await new Promise((done) => view.listen(0, "localhost", done));
const viewUrl = `http://localhost:${view.address().port}`;

// The service token: signed by the account's key, for us, for this very method (XRPC service auth).
async function viewerOf(request, method) {
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  const { iss } = await verifyJwt(token, VIEW_DID, method, async (did, isForced) => {
    const key = await resolver.did.resolveAtprotoKey(did, isForced);
    return key;
  });
  return iss;
}

const methods = {
  "app.bsky.notification.listNotifications": (query, viewer) => {
    const reasons = query.getAll("reasons");
    const limit = Number(query.get("limit") ?? 50);
    const from = Number(query.get("cursor") ?? 0);
    const told = posts
      .map((post) => ({ post, reason: reasonOf(post, viewer) }))
      .filter(({ reason }) => reason && (!reasons.length || reasons.includes(reason)))
      .reverse();
    const page = told.slice(from, from + limit).map(({ post, reason }) => ({
      uri: post.uri, cid: post.cid, author: profile(post.did), reason, record: post.record,
      isRead: false, indexedAt: post.indexedAt, labels: [],
    }));
    const cursor = from + limit < told.length ? { cursor: String(from + limit) } : {};
    return { notifications: page, ...cursor };
  },
  "app.bsky.actor.getProfile": (query) => ({ ...profile(didOf(query.get("actor"))), followersCount: 7 }),
  "app.bsky.actor.getProfiles": (query) => ({
    profiles: query.getAll("actors").map((actor) => ({ ...profile(didOf(actor)), followersCount: 7 })),
  }),
};

function reasonOf(post, viewer) {
  if (post.did === viewer) return "";
  const { record } = post;
  const isOurs = (uri) => uri?.startsWith(`at://${viewer}/`);
  if (isOurs(record.reply?.parent?.uri) || isOurs(record.reply?.root?.uri)) return "reply";
  if (isOurs(record.embed?.record?.uri)) return "quote";
  const features = (record.facets ?? []).flatMap((facet) => facet.features);
  return features.some((feature) => feature.did === viewer) ? "mention" : "";
}

const didOf = (actor) => [...handles].find(([, handle]) => handle === actor)?.[0] ?? actor;
const profile = (did) => ({ did, handle: handles.get(did) ?? "handle.invalid", displayName: "", labels: [] });

const data = mkdtempSync(join(tmpdir(), "pds-"));
Object.assign(process.env, {
  PDS_HOSTNAME: "localhost", PDS_PORT: process.argv[3] ?? "2583", PDS_DEV_MODE: "true",
  PDS_DATA_DIRECTORY: data, PDS_BLOBSTORE_DISK_LOCATION: join(data, "blobs"),
  PDS_DID_PLC_URL: plcUrl, PDS_SERVICE_HANDLE_DOMAINS: ".test", PDS_INVITE_REQUIRED: "false",
  PDS_BSKY_APP_VIEW_URL: viewUrl, PDS_BSKY_APP_VIEW_DID: VIEW_DID,
  PDS_JWT_SECRET: randomBytes(16).toString("hex"), PDS_ADMIN_PASSWORD: randomBytes(8).toString("hex"),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: Buffer.from(
    await (await Secp256k1Keypair.create({ exportable: true })).export(),
  ).toString("hex"),
  LOG_ENABLED: "false",
});
const env = readEnv();
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.start();
const service = `http://localhost:${pds.ctx.cfg.service.port}`;

follow();
console.log(JSON.stringify({ service, plc: plcUrl, view: viewUrl }));

async function follow() {
  const firehose = new Subscription({
    service: service.replace("http", "ws"), method: "com.atproto.sync.subscribeRepos",
    getState: () => ({ cursor: 0 }), validate: (event) => event,
  });
  for await (const event of firehose) {
    if (event.$type?.endsWith("#identity") && event.handle) handles.set(event.did, event.handle);
    if (!event.$type?.endsWith("#commit")) continue;
    const { blocks } = await readCar(event.blocks);
    for (const op of event.ops) {
      const uri = `at://${event.repo}/${op.path}`;
      const [collection] = op.path.split("/");
      if (op.action === "delete") drop(uri);
      if (op.action !== "create" || !op.cid) continue;
      const record = cborToLexRecord(blocks.get(op.cid));
      const seen = { uri, cid: op.cid.toString(), did: event.repo, record, indexedAt: new Date().toISOString() };
      if (collection === POST) posts.push(seen);
    }
  }
}

function drop(uri) {
  const at = posts.findIndex((post) => post.uri === uri);
  if (at >= 0) posts.splice(at, 1);
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
process.stdin.on("end", () => process.exit(0)).resume();  // whoever started us is gone
