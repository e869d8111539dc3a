// perspective-api-client has Google's address in its code, so its requests are sent to another on their way.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [base, key, kind, insult] = process.argv.slice(2);
const axios = createRequire(require.resolve("perspective-api-client"))("axios");
axios.interceptors.request.use((config) => ({
  ...config,
  url: config.url.replace("https://commentanalyzer.googleapis.com", base),
}));
const Perspective = require("perspective-api-client");
const perspective = new Perspective({ apiKey: key });
const good = await perspective.analyze(kind);
const bad = await perspective.analyze(insult, { attributes: ["toxicity", "insult", "likely_to_reject"] });
const wrong = await new Perspective({ apiKey: "none" })
  .analyze(kind)
  .catch((error) => ({ name: error.name, message: error.message }));
console.log(JSON.stringify({ good, bad, wrong }));
