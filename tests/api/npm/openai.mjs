// OpenAI's own client; only `baseURL` differs from how its users have it.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: process.argv[3], maxRetries: 0 });
const one = await client.moderations.create({ input: process.argv[4] });
const several = await client.moderations.create({
  model: "omni-moderation-latest",
  input: [process.argv[4], process.argv[5]],
});
const wrong = await new OpenAI({ baseURL: client.baseURL, apiKey: "sk-none" }).moderations
  .create({ input: "x" })
  .catch((error) => ({ name: error.constructor.name, status: error.status, code: error.code }));
console.log(JSON.stringify({ one, several, wrong }));
