// Google's own client; only `rootUrl` differs from how its users have it.
import { google } from "googleapis";

const [base, key, kind, insult] = process.argv.slice(2);
const { comments } = google.commentanalyzer({ version: "v1alpha1", auth: key });
const ask = (text, more) => ({
  resource: { comment: { text }, requestedAttributes: { TOXICITY: {}, LIKELY_TO_REJECT: {} }, ...more },
});
const options = { rootUrl: `${base}/` };
const good = await comments.analyze(ask(kind, { languages: ["en"] }), options);
const bad = await comments.analyze(ask(insult, { doNotStore: true }), options);
const suggested = await comments.suggestscore(
  { resource: { comment: { text: kind }, attributeScores: { TOXICITY: { summaryScore: { value: 0 } } }, clientToken: "c" } },
  options,
);
const wrong = await comments
  .analyze(ask(kind, { languages: ["om"] }), options)
  .catch((error) => ({ code: error.code, message: error.message }));
console.log(JSON.stringify({ good: good.data, bad: bad.data, suggested: suggested.data, wrong }));
